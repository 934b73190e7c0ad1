//! Progress: its structure, and how it is reported, a constant of its type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Key, KeyId, Progress, StreamTrim, Structure};

use super::codec;
use super::cx::Cx;
use super::lifetime::grouped;
use super::subject::Subject;

/// The arguments of the structure's type: the codec of items, and whether reports are events.
pub(super) fn arguments(cx: Cx<'_>, progress: &Progress) -> TokenStream {
    let rt = cx.rt();
    let item = codec::of(cx, &progress.item);
    let message = progress.events.as_ref().map(|events| &events.message);
    let log = match message {
        None => quote!(#rt::Unlogged),
        Some(None) => quote!(#rt::Logged),
        Some(Some(message)) => {
            let message = codec::of(cx, message);
            quote!(#rt::Told<#message>)
        }
    };
    quote!(#item, #log)
}

/// The progress of which a key holds the events.
pub(super) fn of_events(cx: Cx<'_>, id: KeyId) -> Option<&Progress> {
    match &cx.schema[id].structure {
        Structure::Progress(progress) => Some(progress),
        _ => None,
    }
}

/// How it is reported; nothing for other keys.
pub(super) fn rule(cx: Cx<'_>, key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    let Structure::Progress(progress) = &key.structure else {
        return None;
    };
    let rt = cx.rt();
    let (name, anonymous) = (subject.type_name(), subject.arguments(cx, &quote!('_)));
    let max = grouped(progress.max.into());
    let decrease = progress.allow_decrease.then(|| quote!(.allow_decrease()));
    let unknown = progress.allow_unknown.then(|| quote!(.allow_unknown()));
    let events = progress.events.as_ref().map(|events| match events.trim {
        StreamTrim::MaxLen { count, approx } => {
            let count = Literal::u64_unsuffixed(count);
            quote!(.events(#count, #approx))
        }
        // The language knows numbers alone here.
        StreamTrim::MinAge { .. } => TokenStream::new(),
    });
    Some(quote! {
        impl #rt::Progressing for #name #anonymous {
            const PROGRESS: #rt::ProgressRule = #rt::ProgressRule::new(#max) #decrease #unknown #events;
        }
    })
}
