//! How values stand at rest, as codec types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Codec, Field, ParamType, Type, TypeKind, Value};

use super::cx::Cx;
use super::{rule, value_type};

/// The codec of a whole value.
pub(crate) fn of(cx: Cx<'_>, value: &Value) -> TokenStream {
    let rt = cx.rt();
    let plain = match value.encoding.codec {
        Codec::Text => text(cx, &value.ty),
        Codec::Json => document(cx, &quote!(#rt::Json), &value.ty),
        Codec::MsgPack => document(cx, &quote!(#rt::MsgPack), &value.ty),
        Codec::Bytes => quote!(#rt::Bytes),
    };
    let packed = match value.encoding.zstd_over.map(Literal::u32_unsuffixed) {
        Some(over) => quote!(#rt::Zstd<#plain, #over>),
        None => plain,
    };
    bounded(cx, packed, rule::of(cx, &value.ty, None))
}

/// The codec of a document of the server's JSON type.
pub(crate) fn of_json(cx: Cx<'_>, ty: &Type) -> TokenStream {
    let rt = cx.rt();
    let plain = document(cx, &quote!(#rt::Json), ty);
    bounded(cx, plain, rule::of(cx, ty, None))
}

/// The codec of a hash field or of a field of a stream entry; for one that may be absent, of what it
/// holds when it is there.
pub(crate) fn of_field(cx: Cx<'_>, field: &Field) -> TokenStream {
    let ty = present(&field.ty);
    bounded(cx, scalar(cx, ty), rule::of(cx, ty, field.range))
}

/// The type without the outermost `?`.
pub(crate) fn present(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) => inner,
        ty => ty,
    }
}

/// Whether a type's codec in a field borrows it as `str` or `[u8]`.
pub(crate) fn is_text(cx: Cx<'_>, ty: &Type) -> bool {
    match ty {
        Type::String { .. } | Type::Hex(_) | Type::Slug { .. } | Type::KeyName(_) | Type::Bytes => {
            true
        }
        Type::Param(id) => {
            let param = &cx.schema[*id];
            let textual = matches!(
                param.ty,
                ParamType::Slug { .. }
                    | ParamType::Hex(_)
                    | ParamType::String { .. }
                    | ParamType::Rest { .. }
            );
            param.rust.is_none() && textual
        }
        Type::Named(id) => match &cx.schema[*id].kind {
            TypeKind::Alias(ty) => is_text(cx, ty),
            _ => false,
        },
        _ => false,
    }
}

/// Text for what has one, JSON for the rest.
fn scalar(cx: Cx<'_>, ty: &Type) -> TokenStream {
    let rt = cx.rt();
    match ty {
        Type::Bytes => quote!(#rt::Bytes),
        Type::Any | Type::Option(_) | Type::List(_) | Type::Map(_) => {
            document(cx, &quote!(#rt::Json), ty)
        }
        Type::Named(id) => match &cx.schema[*id].kind {
            TypeKind::Struct(_) | TypeKind::OneOf(_) => document(cx, &quote!(#rt::Json), ty),
            TypeKind::Alias(ty) => scalar(cx, ty),
            TypeKind::Rust { repr, .. } => {
                let (user, repr) = (value_type::of(cx, ty), scalar(cx, repr));
                quote!(#rt::Via<#repr, #user>)
            }
            TypeKind::Enum(_) => text(cx, ty),
        },
        ty => text(cx, ty),
    }
}

/// The codec of a scalar as text, bounds left out.
fn text(cx: Cx<'_>, ty: &Type) -> TokenStream {
    let rt = cx.rt();
    match ty {
        Type::Param(id) => {
            let param = &cx.schema[*id];
            let built_in = match &param.ty {
                ParamType::Date(_) => value_type::date_text(cx, *id),
                ty => {
                    let ty = value_type::built_in(cx, ty);
                    quote!(#rt::Text<#ty>)
                }
            };
            match &param.rust {
                Some(rust) => {
                    let user = cx.user(rust.path());
                    quote!(#rt::Via<#built_in, #user>)
                }
                None => built_in,
            }
        }
        Type::Named(id) => match &cx.schema[*id].kind {
            TypeKind::Enum(_) => {
                let ty = value_type::of(cx, ty);
                quote!(#rt::Text<#ty>)
            }
            _ => scalar(cx, ty),
        },
        Type::Bytes | Type::Any | Type::Option(_) | Type::List(_) | Type::Map(_) => scalar(cx, ty),
        ty => {
            let ty = value_type::of(cx, ty);
            quote!(#rt::Text<#ty>)
        }
    }
}

fn document(cx: Cx<'_>, format: &TokenStream, ty: &Type) -> TokenStream {
    let rt = cx.rt();
    let value = value_type::of(cx, ty);
    match value_type::form(cx, ty) {
        Some(form) => quote!(#rt::Document<#format<()>, #value, #form>),
        None => quote!(#format<#value>),
    }
}

fn bounded(cx: Cx<'_>, codec: TokenStream, rule: Option<TokenStream>) -> TokenStream {
    let rt = cx.rt();
    match rule {
        Some(rule) => quote!(#rt::Bounded<#codec, #rule>),
        None => codec,
    }
}
