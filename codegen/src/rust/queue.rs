//! What a list is used as: marks that its type carries.

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_model::model::{Key, ListOrder};

use super::cx::Cx;
use super::ident;
use super::param::{arguments, slots};
use super::subject::Subject;

/// The order and the list of values that are worked on; nothing where none is declared.
pub(super) fn marks(cx: Cx<'_>, key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    let queue = key.queue.as_ref()?;
    let rt = cx.rt();
    let (name, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let order = match queue.order {
        ListOrder::Fifo => quote!(Fifo),
        ListOrder::Lifo => quote!(Lifo),
    };
    let processed = queue.processing.map(|id| {
        let other = &cx.schema[id];
        let arguments = arguments(cx, &slots(cx, &other.template), &quote!('_));
        let other = ident::camel(&other.name);
        quote!(impl #rt::ProcessedIn<#other #arguments> for #name #anonymous {})
    });
    Some(quote! {
        impl #rt::Ordered for #name #anonymous {
            const ORDER: #rt::ListOrder = #rt::ListOrder::#order;
        }
        #processed
    })
}
