//! # L803 OWNER_SET
//!
//! When a key fills the memory at night, somebody must be found. The schema names who answers for it, or each key does.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! owner: team-carts
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! ```

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L803" "OWNER_SET",
    "a key that nobody answers for",
    Strict,
    "l803_owner_set.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let is_said = |owner: &Option<String>| {
        owner
            .as_deref()
            .is_some_and(|owner| !owner.trim().is_empty())
    };
    if is_said(&subject.schema.owner) {
        return;
    }
    for key in subject
        .schema
        .keys
        .iter()
        .filter(|key| !is_said(&key.owner))
    {
        found
            .at(key.span, format!("nobody answers for `{}`", key.name))
            .label("no `owner:`")
            .help("write `owner: team-name` beside `schema:`, or for each key");
    }
}
