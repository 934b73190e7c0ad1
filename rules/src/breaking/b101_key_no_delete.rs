//! # B101 KEY_NO_DELETE
//!
//! A key was removed from the schema while its data may still lie on the server. Old processes go on writing it, and
//! keys without a lifetime stay for ever with nobody to answer for them. Leave a tombstone until the data is gone: it
//! keeps the template from being used for something else, and lists what is left to clean up. One that names other
//! keys does neither. A key that was renamed says so with `was:`.
//!
//! Where no key may go at all, deny `B701` too: it finds every removal, with a tombstone or without.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { none: carts are kept }, string: bytes }
//!   order: { key: "order:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   order: { key: "order:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   order: { key: "order:{id}", ttl: 24h, string: bytes }
//! tombstones:
//!   cart: { key: "carts:{id}", removed_in: 2 }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   order: { key: "order:{id}", ttl: 24h, string: bytes }
//! tombstones:
//!   cart: { key: "cart:{id}", removed_in: 2 }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   order: { key: "order:{id}", ttl: 24h, string: bytes }
//! tombstones:
//!   old_cart: { key: "cart:{id}", removed_in: 2 }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Sides, Verdict, breaking};
use crate::facts::{Key, TtlRule};
use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B101" "KEY_NO_DELETE",
        "a key was removed without a tombstone",
        Storage,
        [OldProcesses, Data, Operations, Source],
        "b101_key_no_delete.rs"
    ),
    claims: &["key.removed"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let Sides::Key { old: Some(key), .. } = change.sides else {
        return Verdict::NotMine;
    };
    let is_foreign = key.lifetime.rule == TtlRule::External;
    if is_foreign || comparison.is_buried(key) {
        return Verdict::Harmless;
    }
    let said = Break::new(
        Deploy::ReadersFirst,
        fix(change, key, comparison.new.schema.version),
    );
    if key.lifetime.longest_ms().is_some() {
        // What is left expires; only programs that still run are in the way.
        return said
            .level(Level::Rolling)
            .who(&[Who::OldProcesses, Who::Source])
            .verdict();
    }
    said.verdict()
}

fn fix(change: &Change<'_>, key: &Key, version: u32) -> String {
    let name = &change.path;
    let tombstone = format!(
        "leave a tombstone until the data is gone: `tombstones: {{ {name}: {{ key: \"{}\", removed_in: {version} }} }}`",
        key.template.text
    );
    match change.lookalike {
        Some(added) => {
            format!("if `{added}` is its new name, give it `was: [{name}]`; else {tombstone}")
        }
        None => tombstone,
    }
}
