//! # L404 ENUM_HAS_FALLBACK
//!
//! While a new version is rolled out, old programs read what new ones write. If an enum has no catch-all, the first new
//! variant fails them all; with `other: Unknown` they keep the text and go on. An enum with a `flow:` is a state machine,
//! where a state that is not known cannot be acted on, and refusing it is right; an enum that only stands in names of keys
//! cannot have a catch-all.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types:
//!   Plan: { enum: [free, paid] }
//! keys:
//!   plan: { key: "plan:{id}", ttl: 1h, string: Plan }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types:
//!   Plan: { enum: [free, paid], other: Unknown }
//! keys:
//!   plan: { key: "plan:{id}", ttl: 1h, string: Plan }
//! ```

use std::collections::HashSet;

use redis_schema_model::model::{ParamType, TypeId, TypeKind};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L404" "ENUM_HAS_FALLBACK",
    "an enum that fails old programs at its first new variant",
    Standard,
    "l404_enum_has_fallback.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    // A placeholder of an enum forbids a catch-all.
    let params = subject.schema.params.iter();
    let names_keys: HashSet<TypeId> = params
        .filter_map(|param| match param.ty {
            ParamType::Enum(id) => Some(id),
            _ => None,
        })
        .collect();
    for (id, def) in TypeId::each(subject.schema) {
        let TypeKind::Enum(list) = &def.kind else {
            continue;
        };
        if list.other.is_some() || !list.flow.is_empty() || names_keys.contains(&id) {
            continue;
        }
        found
            .at(def.span, format!("`{}` has no catch-all", def.name))
            .label("a new variant fails programs that run already")
            .help(format!(
                "add `other: Unknown` to it, or `allow: {{ L404: the reason }}` if `{}` never grows",
                def.name
            ));
    }
}
