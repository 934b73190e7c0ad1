//! How tasks of a queue are worked on: a constant of its type, and an enum of its priorities beside it.

use std::time::Duration;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::{Key, Name, Structure, WorkQueue};

use super::cx::Cx;
use super::lifetime::grouped;
use super::subject::Subject;
use super::{codec, doc, ident};

/// The structure of a queue as a type.
pub(super) fn structure(cx: Cx<'_>, key: &Name, queue: &WorkQueue) -> TokenStream {
    let payload = codec::of(cx, &queue.payload);
    match queue.priorities.is_empty() {
        true => quote!(Queue<#payload, ()>),
        false => {
            let name = priority(key);
            quote!(Queue<#payload, super::keys::#name>)
        }
    }
}

fn priority(key: &Name) -> Ident {
    format_ident!("{}Priority", ident::camel(key))
}

/// The rule of a queue and its priorities; nothing for any other key.
pub(super) fn emit(cx: Cx<'_>, key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    let Structure::Queue(queue) = &key.structure else {
        return None;
    };
    let rt = cx.rt();
    let (name, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let (lease, attempts) = (
        millis(queue.lease),
        Literal::u32_unsuffixed(queue.max_attempts),
    );
    let backoff = queue.backoff.map(|backoff| {
        let (first, longest) = (millis(backoff.first), millis(backoff.max));
        quote!(.backoff(#first, #longest))
    });
    let (done, dead) = (millis(queue.keep.done), millis(queue.keep.dead));
    let most = grouped(queue.keep.max_dead.into());
    let priorities = (!queue.priorities.is_empty()).then(|| priorities(cx, key, queue));
    Some(quote! {
        impl #rt::Queued for #name #anonymous {
            const RULE: #rt::QueueRule = #rt::QueueRule::new(#lease, #attempts) #backoff .keep(#done, #dead, #most);
        }
        #priorities
    })
}

fn priorities(cx: Cx<'_>, key: &Key, queue: &WorkQueue) -> TokenStream {
    let (rt, name) = (cx.rt(), priority(&key.name));
    let docs = doc::own(&format!(
        "The priorities of `{}`, the most urgent first.",
        key.name
    ));
    let variants: Vec<Ident> = queue.priorities.iter().map(ident::camel).collect();
    let docs_of = queue
        .priorities
        .iter()
        .map(|priority| doc::own(&format!("`{priority}`.")));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum #name {
            #(#docs_of #variants),*
        }
        #[automatically_derived]
        impl #rt::Priority for #name {
            const ALL: &'static [Self] = &[#(Self::#variants),*];
            fn rank(self) -> usize {
                self as usize
            }
        }
    }
}

fn millis(time: Duration) -> TokenStream {
    grouped(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}
