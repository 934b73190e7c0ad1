//! `Debug` that never prints what the schema calls secret.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use redis_schema_model::model::Name;

use super::cx::Cx;

/// The implementation for a struct with the given fields: name, identifier, secret or not.
pub(crate) fn implementation(
    cx: Cx<'_>,
    ty: &TokenStream,
    name: &Name,
    fields: impl Iterator<Item = (String, Ident, bool)>,
) -> TokenStream {
    let name = name.camel();
    shown_as(
        cx,
        &(TokenStream::new(), ty.clone()),
        &quote!(#name),
        fields,
    )
}

/// As [`implementation`], for a type with generics that shows itself by what an expression gives.
pub(crate) fn shown_as(
    cx: Cx<'_>,
    (generics, ty): &(TokenStream, TokenStream),
    name: &TokenStream,
    fields: impl Iterator<Item = (String, Ident, bool)>,
) -> TokenStream {
    let rt = cx.rt();
    let fields = fields.map(|(name, ident, secret)| {
        if secret {
            quote!(.field(#name, &#rt::Redacted))
        } else {
            quote!(.field(#name, &self.#ident))
        }
    });
    quote! {
        #[automatically_derived]
        impl #generics ::core::fmt::Debug for #ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#name) #(#fields)* .finish()
            }
        }
    }
}
