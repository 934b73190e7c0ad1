//! # L801 DOC_ENTRY
//!
//! The reference pages and the generated code show `about:` to whoever uses a key. Databases, parameters, types, fields, keys,
//! channels, units, groups and packs have one; a field or parameter whose declared type has one needs none of its own, nor
//! does a record that was written in place. `docs coverage` gives the same as a percentage.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: { type: uuid, about: Identifier of a cart } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: { type: uuid, about: Identifier of a cart } }
//! keys:
//!   cart: { key: "cart:{id}", about: What lies in one cart., ttl: 1h, string: json<any> }
//! ```

use redis_schema_model::model::{ParamType, Schema, Type, TypeKind};
use redis_schema_model::source::Span;

use super::{Found, Lint, Subject, lint, walk};

pub(super) const LINT: Lint = lint!(
    "L801" "DOC_ENTRY",
    "something without a description",
    Docs,
    "l801_doc_entry.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let schema = subject.schema;
    let mut look = |span: Span, name: &dyn std::fmt::Display, about: &Option<String>| {
        if about.as_deref().is_none_or(|about| about.trim().is_empty()) {
            found
                .at(span, format!("`{name}` has no description"))
                .label("what is it?")
                .help("say it in a sentence: `about: …`");
        }
    };
    for it in &schema.databases {
        if let Some(span) = it.span {
            look(span, &it.name, &it.about);
        }
    }
    for it in &schema.params {
        let inherited = match it.ty {
            ParamType::Enum(id) => &schema[id].about,
            _ => &None,
        };
        look(
            it.span,
            &it.name,
            &it.about.clone().or_else(|| inherited.clone()),
        );
    }
    for it in &schema.types {
        // A record that was written in place is described by what it is part of.
        if subject.declaration("types", it.name.as_str()).is_some() {
            look(it.span, &it.name, &it.about);
        }
    }
    for (_, field) in walk::fields(schema) {
        let about = field.about.clone();
        look(
            field.span,
            &field.name,
            &about.or_else(|| inherited(schema, &field.ty)),
        );
    }
    schema
        .keys
        .iter()
        .for_each(|it| look(it.span, &it.name, &it.about));
    schema
        .channels
        .iter()
        .for_each(|it| look(it.span, &it.name, &it.about));
    schema
        .units
        .iter()
        .for_each(|it| look(it.span, &it.name, &it.about));
    schema
        .groups
        .iter()
        .for_each(|it| look(it.span, &it.name, &it.about));
    schema
        .packs
        .iter()
        .for_each(|it| look(it.span, &it.name, &it.about));
    schema
        .tombstones
        .iter()
        .for_each(|it| look(it.span, &it.name, &it.about));
}

/// What the declared type of a field says of itself.
fn inherited(schema: &Schema, ty: &Type) -> Option<String> {
    match ty {
        Type::Option(inner) | Type::List(inner) | Type::Map(inner) => inherited(schema, inner),
        Type::Param(id) => schema[*id].about.clone(),
        Type::Named(id) => {
            let def = &schema[*id];
            let behind = || match &def.kind {
                TypeKind::Alias(inner) => inherited(schema, inner),
                _ => None,
            };
            def.about.clone().or_else(behind)
        }
        _ => None,
    }
}
