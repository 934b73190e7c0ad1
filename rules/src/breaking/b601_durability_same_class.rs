//! # B601 DURABILITY_SAME_CLASS
//!
//! What could be had again is now nowhere else, or the other way round. A `cache` may lie on a server that evicts what it
//! likes when memory is short (`maxmemory-policy allkeys-…`); a `durable` key on such a server is gone one day. Move the keys
//! to a server that evicts nothing before anybody relies on them, or see that everybody can make them again before they
//! may go. `redis-schema health --schema` says what a server would do. To say a class where none was said is no change;
//! to take `durable` back is.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, durability: cache, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, durability: durable, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! databases: { default: { index: 0, durability: cache } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, durability: durable, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, durability: cache, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, durability: durable, string: bytes }
//!   page: { key: "page:{id}", ttl: 1h, durability: cache, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B601" "DURABILITY_SAME_CLASS",
        "what may be lost and what may not changed",
        Ops,
        [Data, Operations],
        "b601_durability_same_class.rs"
    ),
    claims: &["key.durability"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    match (change.old.as_str(), change.new.as_str()) {
        ("cache", "durable") => Break::new(
            Deploy::WritersFirst,
            "have it on a server whose `maxmemory-policy` is `noeviction` before anybody relies on it",
        )
        .verdict(),
        ("durable", _) => Break::new(
            Deploy::ReadersFirst,
            "see that every reader can do without it before a server may evict it",
        )
        .verdict(),
        // What was not said before is said now, or what could be lost is no longer spoken of.
        _ => Verdict::Harmless,
    }
}
