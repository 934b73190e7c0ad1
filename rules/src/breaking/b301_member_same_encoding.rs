//! # B301 MEMBER_SAME_ENCODING
//!
//! Members of a set, list, sorted set or geo index, the fields of a map, or the items of a progress have another text. The same member is then
//! there twice, `SREM` and `ZREM` miss the old one, and reads of what is stored fail. A type that holds every old
//! member in the same text only breaks old programs that meet a new one. JSON of an integer is the integer's own text.
//!
//! A record as a member is its text: one that gains a field with a default is written with it from now on, and one that
//! loses a field is read without it, so that the same record is another member; and so it is when its fields are declared,
//! and therefore written, in another order. A new optional field changes nothing, since it is left out while it is absent.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: string }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: uuid }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: "json<string>" }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: string }
//!   more: { key: "more:{id}", ttl: 24h, set: uuid }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: u64 }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: uuid }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: "json<u64>" }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash_map: { slug: u64 } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash_map: { uuid: u64 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash_map: { slug: u64 } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, progress: { item: slug } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, progress: { item: uuid } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, progress: { item: slug, allow_unknown: true } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Item: { fields: { name: string, note: string? } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: json<Item> }
//! ```
//!
//! ```yaml after
//! # found at Item.count
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Item: { fields: { name: string, note: string?, count: { type: u32, default: 0 } } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: json<Item> }
//! ```
//!
//! ```yaml after
//! # found at Item.note
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Item: { fields: { name: string } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: json<Item> }
//! ```
//!
//! ```yaml after
//! # found at Item
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Item: { fields: { note: string?, name: string } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: json<Item> }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Item: { fields: { name: string, hint: string?, note: string?, tint: string? } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: json<Item> }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Sides, Use, Verdict, breaking};

use super::formats::alike;
use super::width::{Width, width};
use crate::facts::{Field, Structure};
use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B301" "MEMBER_SAME_ENCODING",
        "members are written otherwise",
        Storage,
        [Readers, Data],
        "b301_member_same_encoding.rs"
    ),
    claims: &[
        "member.type.kind",
        "member.codec",
        "map_key.type.kind",
        "field.added",
        "field.removed",
        "record.order",
    ],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    if let Sides::Field { old, new } = change.sides {
        return in_record(change, old, new);
    }
    if change.bare() == "record.order" {
        return in_other_order(change);
    }
    let of_format = change.bare() == "member.codec";
    if of_format && alike(change) {
        return Verdict::Harmless;
    }
    let widens = change
        .types
        .is_some_and(|(old, new)| width(old, new, comparison) == Width::Widens);
    if widens && !of_format {
        let fix = format!(
            "let every reader know `{}` before anything adds such a member",
            change.new
        );
        return Break::new(Deploy::ReadersFirst, fix)
            .level(Level::Rolling)
            .who(&[Who::OldProcesses])
            .verdict();
    }
    let fix = format!(
        "fill a key of its own with the members as `{}`, then drop the old one",
        change.new
    );
    Break::new(Deploy::DualWrite, fix).verdict()
}

/// A record whose fields are written in another order.
fn in_other_order(change: &Change<'_>) -> Verdict {
    if !change.uses.iter().any(is_compared) {
        return Verdict::Harmless;
    }
    let fix = format!("declare the fields in the order `{}`", change.old);
    Break::new(Deploy::DualWrite, fix).verdict()
}

/// A field of a record that came or went: a matter of members where the server tells them apart by their text.
fn in_record(change: &Change<'_>, old: Option<&Field>, new: Option<&Field>) -> Verdict {
    let is_written = |field: &Field| field.default.is_some();
    let changes_text = match (old, new) {
        (None, Some(new)) => is_written(new),
        (Some(_), None) => true,
        _ => false,
    };
    let compared = change.uses.iter().any(is_compared);
    // A required field that is new, or a renamed one, is told by others: what is stored cannot be read at all.
    if !compared || !changes_text || change.lookalike.is_some() {
        return Verdict::NotMine;
    }
    let fix =
        "fill a key of its own with the members as they are written now, then drop the old one";
    Break::new(Deploy::DualWrite, fix).verdict()
}

/// Whether the server compares what the key holds.
fn is_compared(one: &Use<'_>) -> bool {
    let Use::Key { old: Some(key), .. } = one else {
        return false;
    };
    matches!(
        key.structure,
        Structure::Set { .. }
            | Structure::Zset { .. }
            | Structure::Geo { .. }
            | Structure::HyperLogLog { .. }
    )
}
