//! # B301 MEMBER_SAME_ENCODING
//!
//! Members of a set, list, sorted set or geo index, or the fields of a map, have another text. The same member is then
//! there twice, `SREM` and `ZREM` miss the old one, and reads of what is stored fail. A type that holds every old
//! member in the same text only breaks old programs that meet a new one. JSON of an integer is the integer's own text.
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

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::formats::alike;
use super::width::{Width, width};
use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B301" "MEMBER_SAME_ENCODING",
        "members are written otherwise",
        Storage,
        [Readers, Data],
        "b301_member_same_encoding.rs"
    ),
    claims: &["member.type.kind", "member.codec", "map_key.type.kind"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
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
