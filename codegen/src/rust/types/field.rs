//! Fields of structs: documentation and serde's attributes.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use redis_schema_model::model::{Field, Type};

use super::{constraint, default};
use crate::rust::cx::{Cx, compact};
use crate::rust::{describe, doc, ident, value_type};

/// The public field of a struct that is emitted.
pub(super) fn definition(cx: Cx<'_>, owner: &Ident, field: &Field) -> TokenStream {
    let docs = docs(cx, field);
    let attributes = attributes(cx, &owner.to_string(), field);
    let (name, ty) = (ident::snake(&field.name), value_type::of(cx, &field.ty));
    quote!(#docs #attributes pub #name: #ty)
}

fn docs(cx: Cx<'_>, field: &Field) -> TokenStream {
    let mut facts: Vec<String> = constraint(cx, &field.ty, field.range).into_iter().collect();
    if let Some(unit) = &field.unit {
        facts.push(format!("Unit: {unit}."));
    }
    if let Some(other) = &field.max_field {
        facts.push(format!("At most `{}`.", other.as_str()));
    }
    if field.touch {
        facts.push(
            "The server's time, set by every write; what is put here is not stored.".to_owned(),
        );
    }
    if let Some(expiry) = &field.ttl {
        facts.push(format!("{}.", describe::field_lifetime(expiry)));
    }
    let facts = facts.join(" ");
    let named = format!("The `{}`.", field.name.as_str());
    let about = field.about.as_deref().or_else(|| inherited(cx, &field.ty));
    let first = about.unwrap_or(&named);
    doc::paragraphs([first, facts.as_str()])
}

/// What the declared type or parameter of a field says about itself.
fn inherited<'a>(cx: Cx<'a>, ty: &Type) -> Option<&'a str> {
    match ty {
        Type::Option(inner) => inherited(cx, inner),
        Type::Named(id) => cx.schema[*id].about.as_deref(),
        Type::Param(id) => cx.schema[*id].about.as_deref(),
        _ => None,
    }
}

/// Serde's attribute for a field, empty where serde's own way is the schema's. `owner` is the struct, as
/// a path from where the derive stands.
pub(crate) fn attributes(cx: Cx<'_>, owner: &str, field: &Field) -> Option<TokenStream> {
    let name = field.name.as_str();
    let mut parts = Vec::new();
    let spelled = ident::snake(&field.name).to_string();
    if spelled.strip_prefix("r#").unwrap_or(&spelled) != name {
        parts.push(quote!(rename = #name));
    }
    parts.extend(field.was.iter().map(|was| quote!(alias = #was)));
    match &field.default {
        Some(value) if default::is_plain(&field.ty, value) => parts.push(quote!(default)),
        Some(_) => {
            let path = format!("{owner}::{}", default_name(field));
            parts.push(quote!(default = #path));
        }
        None if matches!(field.ty, Type::Option(_)) => {
            let skip = compact(&{
                let option = cx.option();
                quote!(#option::is_none)
            });
            parts.push(quote!(default, skip_serializing_if = #skip));
        }
        None => {}
    }
    if let Some(form) = value_type::form(cx, &field.ty) {
        let rt = cx.rt();
        let with = compact(&quote!(#rt::As::<#form>));
        parts.push(quote!(with = #with));
    }
    (!parts.is_empty()).then(|| quote!(#[serde(#(#parts),*)]))
}

/// Name of the function that makes a field's default.
fn default_name(field: &Field) -> Ident {
    format_ident!("__default_{}", field.name.snake())
}

/// The functions that make defaults, for those that the type's own is not.
pub(crate) fn default_functions<'a>(
    cx: Cx<'a>,
    fields: &'a [Field],
) -> impl Iterator<Item = TokenStream> + 'a {
    fields.iter().filter_map(move |field| {
        let value = field.default.as_ref()?;
        if default::is_plain(&field.ty, value) {
            return None;
        }
        let (name, ty) = (default_name(field), value_type::of(cx, &field.ty));
        let value = default::expression(cx, &field.ty, value);
        Some(quote!(fn #name() -> #ty { #value }))
    })
}

/// The value of a field that nobody gave, where there is one.
pub(super) fn missing(cx: Cx<'_>, field: &Field) -> Option<TokenStream> {
    match &field.default {
        Some(value) => Some(default::expression(cx, &field.ty, value)),
        None if matches!(field.ty, Type::Option(_)) => Some(cx.none()),
        None if field.touch => Some(quote!(::core::default::Default::default())),
        None => None,
    }
}

/// Reads a default when a field is absent: what follows an `Option`.
pub(crate) fn or_default(owner: &TokenStream, field: &Field) -> Option<TokenStream> {
    let value = field.default.as_ref()?;
    if default::is_plain(&field.ty, value) {
        return Some(quote!(.unwrap_or_default()));
    }
    let name = default_name(field);
    Some(quote!(.unwrap_or_else(#owner::#name)))
}
