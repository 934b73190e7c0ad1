//! The schema itself: its name, its facts, its settings.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Flavour, Lifetime, Schema, Server, Template, Topology};

use super::cx::Cx;
use super::param::{arguments, slots};
use super::{doc, ident, key, position};

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
    let keys = key::generated(schema)
        .enumerate()
        .map(|(index, (_, key))| key::fact(cx, position(index), key));
    let channels = schema.channels.iter().map(|channel| {
        let (ty, fixed) = (ident::camel(&channel.name), fixed(cx, &channel.template));
        quote!(<channels::#ty #fixed as #rt::Topic>::SPEC)
    });
    let facts = keys.chain(channels);
    let settings = settings(cx);
    let (edition, server, databases) = (edition(schema), server(cx), databases(schema));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub enum Schema {}
        impl #rt::Schema for Schema {
            const NAME: &'static str = #name;
            const VERSION: u32 = #version;
            const SPECS: &'static [#rt::Spec] = &[#(#facts),*];
            #edition
            #server
            #databases
            #settings
        }
    }
}

/// The edition, where it is not the one the runtime takes for granted.
fn edition(schema: &Schema) -> Option<TokenStream> {
    let edition = Literal::u32_unsuffixed(schema.edition);
    (schema.edition != 1).then(|| quote!(const EDITION: u32 = #edition;))
}

/// What the server must be.
fn server(cx: Cx<'_>) -> TokenStream {
    let rt = cx.rt();
    let Server { min, flavour, .. } = &cx.schema.server;
    let flavour = match flavour {
        Flavour::Redis => quote!(redis),
        Flavour::Valkey => quote!(valkey),
    };
    let [major, minor] = [min.major, min.minor].map(Literal::u16_unsuffixed);
    let clustered = (cx.schema.topology == Topology::Cluster).then(|| quote!(.clustered()));
    quote!(const SERVER: #rt::ServerNeeds = #rt::ServerNeeds::#flavour(#major, #minor) #clustered;)
}

/// The databases that have names, for servers of their own.
fn databases(schema: &Schema) -> Option<TokenStream> {
    let only_default =
        matches!(schema.databases.as_slice(), [one] if one.name.as_str() == "default");
    let pairs = schema.databases.iter().map(|database| {
        let (name, index) = (database.name.as_str(), database.index);
        let index = Literal::u16_unsuffixed(index);
        quote!((#name, #index))
    });
    (!only_default)
        .then(|| quote!(const DATABASES: &'static [(&'static str, u16)] = &[#(#pairs),*];))
}

/// `<'static>` for a channel whose parameters borrow.
fn fixed(cx: Cx<'_>, template: &Template) -> Option<TokenStream> {
    arguments(cx, &slots(cx, template), &quote!('static))
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
