//! Rust types of values, and their forms inside documents.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use redis_schema_model::model::{
    Param, ParamId, ParamType, StringEncoding, Type, TypeId, TypeKind,
};

use super::cx::Cx;
use super::ident;

/// The Rust type of a value.
pub(crate) fn of(cx: Cx<'_>, ty: &Type) -> TokenStream {
    let rt = cx.rt();
    match ty {
        Type::Bool => quote!(bool),
        Type::Unsigned(bits) => primitive("u", *bits),
        Type::Signed(bits) => primitive("i", *bits),
        Type::Float(bits) => primitive("f", *bits),
        Type::Decimal => quote!(#rt::value::Decimal),
        Type::String { .. } | Type::Hex(_) | Type::Slug { .. } | Type::KeyName(_) => cx.string(),
        Type::Bytes => {
            let vec = cx.vec();
            quote!(#vec<u8>)
        }
        Type::Uuid => quote!(#rt::value::Uuid),
        Type::Ulid => quote!(#rt::value::Ulid),
        Type::Ip => quote!(::std::net::IpAddr),
        Type::TimestampS => quote!(#rt::value::TimestampS),
        Type::TimestampMs => quote!(#rt::value::TimestampMs),
        Type::Datetime => quote!(#rt::value::OffsetDateTime),
        Type::DurationS => quote!(#rt::value::DurationS),
        Type::DurationMs => quote!(#rt::value::DurationMs),
        Type::Any => quote!(#rt::value::Json),
        Type::Param(id) => param(cx, &cx.schema[*id]),
        Type::Named(id) => named(cx, *id),
        Type::Option(inner) => {
            let (option, inner) = (cx.option(), of(cx, inner));
            quote!(#option<#inner>)
        }
        Type::List(item) => {
            let (vec, item) = (cx.vec(), of(cx, item));
            quote!(#vec<#item>)
        }
        Type::Map(item) => {
            let (string, item) = (cx.string(), of(cx, item));
            quote!(::std::collections::BTreeMap<#string, #item>)
        }
    }
}

fn primitive(kind: &str, bits: u8) -> TokenStream {
    let name = format_ident!("{kind}{bits}");
    quote!(#name)
}

/// A declared type, wherever it is.
pub(crate) fn named(cx: Cx<'_>, id: TypeId) -> TokenStream {
    let def = &cx.schema[id];
    match &def.kind {
        TypeKind::Rust { rust, .. } => cx.user(rust.path()),
        TypeKind::Struct(it) if it.rust.is_some() => {
            cx.user(it.rust.as_ref().map_or("", |rust| rust.path()))
        }
        _ => {
            let (types, name) = (cx.types(), ident::camel(&def.name));
            quote!(#types #name)
        }
    }
}

/// The type of a placeholder's value where it is owned.
pub(crate) fn param(cx: Cx<'_>, param: &Param) -> TokenStream {
    match &param.rust {
        Some(rust) => cx.user(rust.path()),
        None => built_in(cx, &param.ty),
    }
}

/// The built-in type of a placeholder's value where it is owned.
pub(crate) fn built_in(cx: Cx<'_>, ty: &ParamType) -> TokenStream {
    let rt = cx.rt();
    match ty {
        ParamType::Uuid => quote!(#rt::value::Uuid),
        ParamType::Ulid => quote!(#rt::value::Ulid),
        ParamType::Unsigned(bits) => primitive("u", *bits),
        ParamType::Signed(bits) => primitive("i", *bits),
        ParamType::Enum(id) => named(cx, *id),
        ParamType::Date(_) => quote!(#rt::value::Date),
        ParamType::TimestampS => quote!(#rt::value::TimestampS),
        ParamType::TimestampMs => quote!(#rt::value::TimestampMs),
        ParamType::Ip => quote!(::std::net::IpAddr),
        ParamType::Slug { .. }
        | ParamType::Hex(_)
        | ParamType::Rest { .. }
        | ParamType::String {
            encoding: StringEncoding::Percent | StringEncoding::Hash | StringEncoding::Raw { .. },
            ..
        } => cx.string(),
    }
}

/// The form of a value inside JSON and MessagePack; `None` where serde's own is the schema's.
pub(crate) fn form(cx: Cx<'_>, ty: &Type) -> Option<TokenStream> {
    let rt = cx.rt();
    match ty {
        Type::Datetime => Some(quote!(#rt::Text<#rt::value::OffsetDateTime>)),
        Type::Bytes => Some(quote!(#rt::Bytes)),
        Type::Param(id) => param_form(cx, *id),
        Type::Named(id) => match &cx.schema[*id].kind {
            TypeKind::Alias(ty) => form(cx, ty),
            TypeKind::Rust { repr, .. } => Some(through(cx, of(cx, repr), form(cx, repr))),
            _ => None,
        },
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => {
            form(cx, inner).map(|form| quote!(#rt::Each<#form>))
        }
        _ => None,
    }
}

fn param_form(cx: Cx<'_>, id: ParamId) -> Option<TokenStream> {
    let param = &cx.schema[id];
    let form = match &param.ty {
        ParamType::Date(_) => Some(date_text(cx, id)),
        _ => None,
    };
    match &param.rust {
        Some(_) => Some(through(cx, built_in(cx, &param.ty), form)),
        None => form,
    }
}

fn through(cx: Cx<'_>, repr: TokenStream, form: Option<TokenStream>) -> TokenStream {
    let rt = cx.rt();
    match form {
        Some(form) => quote!(#rt::Through<#repr, #form>),
        None => quote!(#rt::Through<#repr>),
    }
}

/// The text of a date placeholder used as a value.
pub(crate) fn date_text(cx: Cx<'_>, id: ParamId) -> TokenStream {
    let (rt, types) = (cx.rt(), cx.types());
    let name = format_ident!("__{}Format", cx.schema[id].name.camel());
    quote!(#rt::DateText<#types #name>)
}
