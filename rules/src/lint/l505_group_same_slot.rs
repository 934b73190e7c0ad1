//! # L505 GROUP_SAME_SLOT
//!
//! A group lists, measures and deletes every key that carries a parameter. In a cluster such keys lie on several servers unless the
//! parameter decides their slot: each server is asked for its own, nothing is done to all of them at one moment, and a server that
//! is away leaves some behind. `slot:` puts the parameter between braces, and the keys of one value lie together. Names change by that,
//! so keys that exist already need a migration.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! topology: cluster
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", slot: id, ttl: 1h, string: bytes }
//!   items: { key: "cart:{id}:items", ttl: 1h, list: slug }
//! groups:
//!   everything_of_a_cart: { by: id }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! topology: cluster
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", slot: id, ttl: 1h, string: bytes }
//!   items: { key: "cart:{id}:items", slot: id, ttl: 1h, list: slug }
//! groups:
//!   everything_of_a_cart: { by: id }
//! ```

use redis_schema_model::model::{HashTag, Key};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L505" "GROUP_SAME_SLOT",
    "a group whose keys lie in several slots",
    Cluster,
    "l505_group_same_slot.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let schema = subject.schema;
    for group in &schema.groups {
        let together = HashTag::Param(group.by);
        let members = group.members.iter().map(|id| &schema[*id]);
        let apart: Vec<&Key> = members
            .filter(|key| key.template.hash_tag != together)
            .collect();
        let Some(first) = apart.first() else { continue };
        let names: Vec<&str> = apart.iter().map(|key| key.name.as_str()).collect();
        let by = &schema[group.by].name;
        // Another tag would have to go first.
        let has_tag = |key: &&&Key| key.template.hash_tag != HashTag::Whole;
        let help = match apart.iter().find(has_tag) {
            None => format!("add `slot: {by}` to `{}`", names.join("`, `")),
            Some(key) => format!(
                "let `{by}` decide the slot of `{}`: `slot: {by}` in place of what `{}` has between braces",
                names.join("`, `"),
                key.name
            ),
        };
        found
            .at(
                group.span,
                format!("keys of `{}` lie in several slots", group.name),
            )
            .label(format!("`{by}` does not decide the slot of all"))
            .related(first.template.span, "this one lies elsewhere")
            .help(help);
    }
}
