//! Declared defaults as expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{DefaultValue, ParamType, Type, TypeKind};

use crate::rust::cx::Cx;
use crate::rust::{ident, value_type};

/// Whether a default is what the Rust type's own `Default` gives.
pub(super) fn is_plain(ty: &Type, default: &DefaultValue) -> bool {
    let zero = match default {
        DefaultValue::Bool(value) => !value,
        DefaultValue::Int(value) => *value == 0,
        DefaultValue::Float(value) => *value == 0.0 && value.is_sign_positive(),
        DefaultValue::Text(text) => text.is_empty(),
        DefaultValue::Variant(..) => false,
        DefaultValue::Empty => true,
    };
    zero && !matches!(ty, Type::Option(_))
}

/// The default as an expression of the type.
pub(super) fn expression(cx: Cx<'_>, ty: &Type, default: &DefaultValue) -> TokenStream {
    let rt = cx.rt();
    match ty {
        Type::Option(inner) => {
            let (some, value) = (cx.some(), expression(cx, inner, default));
            quote!(#some(#value))
        }
        Type::Named(id) => match &cx.schema[*id].kind {
            TypeKind::Alias(ty) => expression(cx, ty, default),
            TypeKind::Rust { repr, .. } => {
                let value = expression(cx, repr, default);
                users(&value_type::of(cx, ty), &value_type::of(cx, repr), &value)
            }
            _ => literal(cx, default),
        },
        Type::Param(id) => {
            let param = &cx.schema[*id];
            let built_in = value_type::built_in(cx, &param.ty);
            let value = built_in_value(cx, &param.ty, default);
            match &param.rust {
                Some(_) => users(&value_type::of(cx, ty), &built_in, &value),
                None => value,
            }
        }
        Type::TimestampS => moment(&quote!(#rt::value::TimestampS), default, cx),
        Type::TimestampMs => moment(&quote!(#rt::value::TimestampMs), default, cx),
        Type::DurationS => duration(
            &quote!(#rt::value::DurationS),
            &quote!(from_secs),
            default,
            cx,
        ),
        Type::DurationMs => duration(
            &quote!(#rt::value::DurationMs),
            &quote!(from_millis),
            default,
            cx,
        ),
        Type::Float(_) => match default {
            DefaultValue::Int(value) => float(&value.to_string()),
            DefaultValue::Float(value) => float(&value.to_string()),
            _ => literal(cx, default),
        },
        Type::Decimal | Type::Uuid | Type::Ulid | Type::Ip => parsed(default, cx),
        _ => literal(cx, default),
    }
}

fn built_in_value(cx: Cx<'_>, ty: &ParamType, default: &DefaultValue) -> TokenStream {
    let rt = cx.rt();
    match ty {
        ParamType::TimestampS => moment(&quote!(#rt::value::TimestampS), default, cx),
        ParamType::TimestampMs => moment(&quote!(#rt::value::TimestampMs), default, cx),
        ParamType::Uuid | ParamType::Ulid | ParamType::Ip => parsed(default, cx),
        _ => literal(cx, default),
    }
}

/// A user's type from its built-in one. The schema's default is for the type to accept.
fn users(ty: &TokenStream, built_in: &TokenStream, value: &TokenStream) -> TokenStream {
    quote!(<#ty as ::core::convert::From<#built_in>>::from(#value))
}

fn literal(cx: Cx<'_>, default: &DefaultValue) -> TokenStream {
    match default {
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::Int(value) => int(*value),
        DefaultValue::Float(value) => float(&value.to_string()),
        DefaultValue::Text(text) if text.is_empty() => quote!(::core::default::Default::default()),
        DefaultValue::Text(text) => {
            let string = cx.string();
            quote!(#string::from(#text))
        }
        DefaultValue::Variant(id, index) => variant(cx, *id, *index),
        DefaultValue::Empty => quote!(::core::default::Default::default()),
    }
}

fn variant(cx: Cx<'_>, id: redis_schema_model::model::TypeId, index: usize) -> TokenStream {
    let ty = value_type::named(cx, id);
    let name = match &cx.schema[id].kind {
        TypeKind::Enum(it) => it.variants.get(index).map(|it| ident::camel(&it.name)),
        _ => None,
    };
    quote!(#ty::#name)
}

fn int(value: i128) -> TokenStream {
    let digits = Literal::u128_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote!(-#digits)
    } else {
        quote!(#digits)
    }
}

fn float(text: &str) -> TokenStream {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (quote!(-), digits),
        None => (TokenStream::new(), text),
    };
    let point = if digits.contains(['.', 'e', 'E']) {
        ""
    } else {
        ".0"
    };
    let digits: TokenStream = format!("{digits}{point}").parse().unwrap_or_default();
    quote!(#sign #digits)
}

fn moment(ty: &TokenStream, default: &DefaultValue, cx: Cx<'_>) -> TokenStream {
    let number = literal(cx, default);
    quote!(#ty::new(#number))
}

fn duration(
    ty: &TokenStream,
    unit: &TokenStream,
    default: &DefaultValue,
    cx: Cx<'_>,
) -> TokenStream {
    let number = literal(cx, default);
    quote!(#ty::new(::core::time::Duration::#unit(#number)))
}

/// A type that has no literal, from its text.
fn parsed(default: &DefaultValue, cx: Cx<'_>) -> TokenStream {
    let rt = cx.rt();
    let text = match default {
        DefaultValue::Int(value) => value.to_string(),
        DefaultValue::Float(value) => value.to_string(),
        DefaultValue::Text(text) => text.clone(),
        _ => String::new(),
    };
    quote!(#rt::declared_default(#text))
}
