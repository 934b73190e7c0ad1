//! # L208 SINGULAR_ENTITY_CONSISTENT
//!
//! `user:1` here and `users:1` there: sooner or later somebody reads the wrong one. One word for one thing, in the singular
//! or in the plural, as the first segment of every key. A key without placeholders, such as `users` for the set of all, is the
//! collection itself and may be in the plural.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   profile: { key: "user:{id}:profile", ttl: 1h, string: bytes }
//!   cart: { key: "users:{id}:cart", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   profile: { key: "user:{id}:profile", ttl: 1h, string: bytes }
//!   cart: { key: "user:{id}:cart", ttl: 1h, string: bytes }
//! ```

use std::collections::HashMap;

use redis_schema_model::model::Segment;

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L208" "SINGULAR_ENTITY_CONSISTENT",
    "singular in one key and plural in another",
    Strict,
    "l208_singular_entity_consistent.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let mut first_use = HashMap::new();
    let firsts: Vec<_> = subject
        .templates()
        .filter(|named| !named.template.params().is_empty())
        .filter_map(|named| {
            let Some(Segment::Literal(text)) = named.template.segments.first() else {
                return None;
            };
            let word = text.split([':', '/', '|', '.']).next()?;
            (!word.is_empty()).then_some((named, word))
        })
        .collect();
    for (named, word) in &firsts {
        first_use.entry(*word).or_insert(named);
    }
    for (named, word) in &firsts {
        let Some(singular) = word.strip_suffix('s') else {
            continue;
        };
        if let Some(other) = first_use.get(singular) {
            found
                .at(
                    named.template.span,
                    format!("`{word}` here, `{singular}` elsewhere"),
                )
                .label("plural")
                .related(other.template.span, "singular")
                .help(format!("write `{singular}` or `{word}` in both"));
        }
    }
}
