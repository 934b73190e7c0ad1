//! The schema itself: its name, its facts, its settings.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Lifetime, Schema, Template};

use super::cx::Cx;
use super::param::slots;
use super::{doc, ident, key};

pub(crate) fn emit(cx: Cx<'_>) -> TokenStream {
    let (rt, schema) = (cx.rt(), cx.schema);
    let summary = format!(
        "The schema `{}`, version {}.",
        schema.name.as_str(),
        schema.version
    );
    let docs = doc::with_summary(schema.about.as_deref(), &summary);
    let (name, version) = (
        schema.name.as_str(),
        Literal::u32_unsuffixed(schema.version),
    );
    let keys = key::generated(schema).map(|(_, key)| {
        let (ty, fixed) = (ident::camel(&key.name), fixed(cx, &key.template));
        quote!(keys::#ty #fixed)
    });
    let channels = schema.channels.iter().map(|channel| {
        let (ty, fixed) = (ident::camel(&channel.name), fixed(cx, &channel.template));
        quote!(channels::#ty #fixed)
    });
    let settings = settings(cx);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub enum Schema {}
        impl #rt::Schema for Schema {
            const NAME: &'static str = #name;
            const VERSION: u32 = #version;
            const SPECS: &'static [#rt::Spec] = #rt::specs!([#(#keys),*] [#(#channels),*]);
            #settings
        }
    }
}

/// `<'static>` for a key whose parameters borrow.
fn fixed(cx: Cx<'_>, template: &Template) -> Option<TokenStream> {
    let borrows = slots(cx, template).iter().any(|slot| slot.borrows(cx));
    borrows.then(|| quote!(<'static>))
}

fn settings(cx: Cx<'_>) -> TokenStream {
    let (rt, ok) = (cx.rt(), cx.ok());
    let body = if reads_environment(cx.schema) {
        quote! {
            static SETTINGS: #rt::OnceLock<#rt::Settings> = #rt::OnceLock::new();
            #rt::Settings::once::<Self>(&SETTINGS)
        }
    } else {
        quote! {
            static SETTINGS: #rt::Settings = #rt::Settings::DECLARED;
            #ok(&SETTINGS)
        }
    };
    quote! {
        fn settings() -> #rt::Result<&'static #rt::Settings> {
            #body
        }
    }
}

fn reads_environment(schema: &Schema) -> bool {
    let keys = key::generated(schema).any(|(_, key)| {
        let lifetime = match &key.lifetime {
            Lifetime::Expires(expiry) => expiry.env.is_some(),
            Lifetime::None { .. } | Lifetime::External => false,
        };
        lifetime || key.prefix.env.is_some()
    });
    keys || schema.channels.iter().any(|it| it.prefix.env.is_some())
}
