//! Sessions: when they end, and how one is told by a hash.

use proc_macro2::TokenStream;
use quote::quote;
use redis_schema_model::model::{Key, Session, Structure};

use super::cx::Cx;
use super::lifetime::grouped;
use super::subject::Subject;
use super::{codec, ident};

/// The structure of a session.
pub(super) fn structure(cx: Cx<'_>, session: &Session) -> TokenStream {
    let (rt, data) = (cx.rt(), codec::of(cx, &session.data));
    let index = match session.index {
        Some(_) => quote!(#rt::Indexed),
        None => quote!(()),
    };
    quote!(Session<#data, #index>)
}

/// The structure of an index, which names the kind of its sessions.
pub(super) fn index(session: &Key) -> TokenStream {
    let name = ident::camel(&session.name);
    quote!(SessionIndex<super::keys::#name<'static>>)
}

/// The rule of a session; nothing for any other key.
pub(super) fn rule(cx: Cx<'_>, key: &Key, subject: &Subject<'_>) -> Option<TokenStream> {
    let Structure::Session(session) = &key.structure else {
        return None;
    };
    // Its one placeholder is a hash, which borrows.
    let id = subject.slots().first()?.ident();
    let (rt, name) = (cx.rt(), subject.type_name());
    let (idle, touch) = (grouped(session.idle_ms), grouped(session.touch_after_ms));
    Some(quote! {
        impl #rt::Sessions for #name<'_> {
            const RULE: #rt::SessionRule = #rt::SessionRule::new(#idle, #touch);
            type Owned = #name<'static>;
            fn of(id: #rt::value::Hashed<'static>) -> Self::Owned {
                #name { #id: id }
            }
        }
    })
}
