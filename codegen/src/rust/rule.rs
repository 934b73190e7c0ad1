//! Declared bounds as types: `range:`, `max:`, alphabets.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use redis_schema_model::model::{Field, ParamType, Schema, Type, TypeId, TypeKind};

use super::cx::Cx;

/// The rule for a value of type `ty` with an optional range of its own; `None` when anything goes.
pub(crate) fn of(cx: Cx<'_>, ty: &Type, range: Option<(i128, i128)>) -> Option<TokenStream> {
    let rt = cx.rt();
    match ty {
        Type::String { max: Some(max) } => Some(max_len(cx, *max)),
        Type::Hex(length) => Some(hex(cx, *length)),
        Type::Slug { max } => Some(slug(cx, *max)),
        Type::Param(id) => param(cx, &cx.schema[*id].ty, cx.schema[*id].rust.is_some()),
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => {
            of(cx, inner, range).map(|rule| quote!(#rt::Each<#rule>))
        }
        Type::Named(id) => named(cx, *id, range),
        _ => range.map(|range| number(cx, range)),
    }
}

/// The rule for a field.
pub(crate) fn of_field(cx: Cx<'_>, field: &Field) -> Option<TokenStream> {
    of(cx, &field.ty, field.range)
}

fn named(cx: Cx<'_>, id: TypeId, range: Option<(i128, i128)>) -> Option<TokenStream> {
    let rt = cx.rt();
    let def = &cx.schema[id];
    match &def.kind {
        TypeKind::Alias(ty) => of(cx, ty, range.or(def.range)),
        TypeKind::Struct(_) | TypeKind::OneOf(_) => {
            cx.is_bounded(id).then(|| quote!(#rt::rule::Own))
        }
        TypeKind::Enum(_) | TypeKind::Rust { .. } => None,
    }
}

fn param(cx: Cx<'_>, ty: &ParamType, is_users: bool) -> Option<TokenStream> {
    if is_users {
        return None;
    }
    match ty {
        ParamType::Slug { max } => Some(slug(cx, *max)),
        ParamType::Hex(length) => Some(hex(cx, *length)),
        ParamType::String { max: Some(max), .. } | ParamType::Rest { max: Some(max) } => {
            Some(max_len(cx, *max))
        }
        _ => None,
    }
}

fn number(cx: Cx<'_>, (min, max): (i128, i128)) -> TokenStream {
    let rt = cx.rt();
    let (min, max) = (whole(min), whole(max));
    quote!(#rt::rule::Range<#min, #max>)
}

/// A whole number without suffix.
fn whole(number: i128) -> TokenStream {
    let digits = Literal::u128_unsuffixed(number.unsigned_abs());
    if number < 0 {
        quote!(-#digits)
    } else {
        quote!(#digits)
    }
}

fn max_len(cx: Cx<'_>, max: u32) -> TokenStream {
    let rt = cx.rt();
    let max = Literal::u32_unsuffixed(max);
    quote!(#rt::rule::MaxLen<#max>)
}

fn hex(cx: Cx<'_>, length: u32) -> TokenStream {
    let rt = cx.rt();
    let length = Literal::u32_unsuffixed(length);
    quote!(#rt::rule::Hex<#length>)
}

fn slug(cx: Cx<'_>, max: Option<u32>) -> TokenStream {
    let rt = cx.rt();
    let max = limit(max);
    quote!(#rt::rule::Slug<#max>)
}

/// A length limit as a const argument.
fn limit(max: Option<u32>) -> TokenStream {
    match max.map(Literal::u32_unsuffixed) {
        Some(max) => quote!(#max),
        None => quote!({ usize::MAX }),
    }
}

/// By type: whether it declares bounds, in itself or in something it holds.
pub(crate) fn bounded(schema: &Schema) -> Vec<bool> {
    let mut bounded = vec![false; schema.types.len()];
    // Types may be declared in any order, so until nothing changes.
    loop {
        let next: Vec<bool> = TypeId::each(schema)
            .map(|(_, def)| match &def.kind {
                TypeKind::Struct(it) => it
                    .fields
                    .iter()
                    .any(|field| has_bounds(schema, &bounded, &field.ty, field.range)),
                TypeKind::OneOf(it) => it
                    .variants
                    .iter()
                    .any(|(_, id)| bounded.get(id.index()).copied().unwrap_or(false)),
                TypeKind::Alias(ty) => has_bounds(schema, &bounded, ty, def.range),
                TypeKind::Enum(_) | TypeKind::Rust { .. } => false,
            })
            .collect();
        if next == bounded {
            return bounded;
        }
        bounded = next;
    }
}

fn has_bounds(schema: &Schema, bounded: &[bool], ty: &Type, range: Option<(i128, i128)>) -> bool {
    match ty {
        Type::String { max } => max.is_some(),
        Type::Hex(_) | Type::Slug { .. } => true,
        Type::Param(id) => {
            let param = &schema[*id];
            param.rust.is_none()
                && match &param.ty {
                    ParamType::Slug { .. } | ParamType::Hex(_) => true,
                    ParamType::String { max, .. } | ParamType::Rest { max } => max.is_some(),
                    _ => false,
                }
        }
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => {
            has_bounds(schema, bounded, inner, range)
        }
        Type::Named(id) => match &schema[*id].kind {
            TypeKind::Alias(ty) => has_bounds(schema, bounded, ty, range.or(schema[*id].range)),
            _ => bounded.get(id.index()).copied().unwrap_or(false),
        },
        _ => range.is_some(),
    }
}
