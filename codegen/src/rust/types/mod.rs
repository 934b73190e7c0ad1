//! The schema's own types.

mod alias;
mod default;
mod enum_;
mod field;
mod one_of;
mod struct_;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use redis_schema_model::model::{
    ParamId, ParamType, Structure, Type, TypeDef, TypeId, TypeKind, Value,
};

pub(crate) use field::{attributes, default_functions, or_default};
pub(crate) use struct_::{bounds, is_optional, strictness};

use super::cx::Cx;
use super::{describe, doc};

/// Every declared type, at the root of the schema's module.
pub(crate) fn emit(cx: Cx<'_>) -> TokenStream {
    let types = TypeId::each(cx.schema).map(|(id, def)| one(cx, id, def));
    let dates = date_formats(cx);
    quote!(#(#types)* #dates)
}

fn one(cx: Cx<'_>, id: TypeId, def: &TypeDef) -> TokenStream {
    match &def.kind {
        TypeKind::Enum(it) => enum_::emit(cx, def, it),
        TypeKind::Struct(it) if it.rust.is_some() || cx.is_hollow(id) => TokenStream::new(),
        TypeKind::Struct(it) => struct_::emit(cx, id, def, it),
        TypeKind::OneOf(it) => one_of::emit(cx, id, def, it),
        TypeKind::Alias(ty) => alias::emit(cx, def, ty),
        TypeKind::Rust { .. } => TokenStream::new(),
    }
}

/// The documentation of a type: what it stands for, or else what it is.
fn docs(def: &TypeDef, otherwise: &str) -> TokenStream {
    match &def.about {
        Some(about) => doc::paragraphs([about.as_str()]),
        None => doc::own(otherwise),
    }
}

/// The formats of date placeholders that values use.
fn date_formats(cx: Cx<'_>) -> TokenStream {
    let rt = cx.rt();
    let used = dates_in_values(cx);
    let formats = ParamId::each(cx.schema).filter_map(|(id, param)| match &param.ty {
        ParamType::Date(format) if used.contains(&id) => {
            let name = format_ident!("__{}Format", param.name.camel());
            let pattern = format.pattern();
            Some(quote! {
                #[doc(hidden)]
                #[derive(Clone, Copy, Debug)]
                pub enum #name {}
                impl #rt::DatePattern for #name {
                    const PATTERN: &'static str = #pattern;
                }
            })
        }
        _ => None,
    });
    quote!(#(#formats)*)
}

fn dates_in_values(cx: Cx<'_>) -> Vec<ParamId> {
    let mut found = Vec::new();
    let mut visit = |ty: &Type| collect(ty, &mut found);
    for def in &cx.schema.types {
        match &def.kind {
            TypeKind::Struct(it) => it.fields.iter().for_each(|field| visit(&field.ty)),
            TypeKind::Alias(ty) | TypeKind::Rust { repr: ty, .. } => visit(ty),
            TypeKind::Enum(_) | TypeKind::OneOf(_) => {}
        }
    }
    let mut values: Vec<&Value> = cx.schema.channels.iter().map(|it| &it.message).collect();
    for key in &cx.schema.keys {
        match &key.structure {
            Structure::String(it)
            | Structure::List(it)
            | Structure::Set(it)
            | Structure::HyperLogLog(it)
            | Structure::Geo(it) => values.push(it),
            Structure::ZSet { member, .. } => values.push(member),
            Structure::HashMap { field, value } => values.extend([field, value]),
            Structure::JsonDocument(ty) | Structure::Counter(ty) => visit(ty),
            Structure::Cache(it) => values.push(&it.value),
            Structure::Progress(it) => {
                let events = it.events.as_ref();
                values.extend(events.and_then(|events| events.message.as_ref()));
                values.push(&it.item);
            }
            Structure::Queue(it) => values.push(&it.payload),
            Structure::Session(it) => values.push(&it.data),
            Structure::Hash(_)
            | Structure::Stream { .. }
            | Structure::Bitmap
            | Structure::RateLimit(_)
            | Structure::Lock { .. }
            | Structure::Semaphore { .. }
            | Structure::Fence { .. }
            | Structure::CacheTag
            | Structure::QueueTasks { .. }
            | Structure::SessionIndex { .. }
            | Structure::ProgressEvents { .. }
            | Structure::External(_) => {}
        }
    }
    values.iter().for_each(|value| visit(&value.ty));
    found
}

fn collect(ty: &Type, found: &mut Vec<ParamId>) {
    match ty {
        Type::Param(id) => found.push(*id),
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => collect(inner, found),
        _ => {}
    }
}

/// Words for a constraint that the Rust type does not show.
fn constraint(cx: Cx<'_>, ty: &Type, range: Option<(i128, i128)>) -> Option<String> {
    match ty {
        Type::Option(inner) => constraint(cx, inner, range),
        Type::String { max: Some(max) } => Some(format!("At most {max} bytes.")),
        Type::Hex(length) => Some(format!("{length} hexadecimal characters in lower case.")),
        Type::Slug { max: Some(max) } => {
            Some(format!("Letters, digits, `.`, `_` and `-`; at most {max}."))
        }
        Type::Slug { max: None } => Some("Letters, digits, `.`, `_` and `-`.".to_owned()),
        Type::Param(id) => Some(format!(
            "A `{}`: {}.",
            cx.schema[*id].name.as_str(),
            describe::param_type(cx.schema, &cx.schema[*id].ty)
        )),
        Type::KeyName(id) => Some(format!(
            "The whole name of a `{}` key.",
            cx.schema[*id].name.as_str()
        )),
        _ => range.map(|(min, max)| format!("From {min} to {max}.")),
    }
}
