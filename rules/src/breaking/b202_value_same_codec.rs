//! # B202 VALUE_SAME_CODEC
//!
//! The same value now stands as JSON instead of MessagePack, as text instead of JSON, and so on. New readers refuse
//! what is there, old ones refuse what is written from now on; or worse, they read another number: text of digits is
//! MessagePack of something else. Use a new key, or wait until the old values have expired. JSON of an integer or a
//! truth value is its own text, so that nothing changes between these two.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Item: { fields: { name: string } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Item> }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Item: { fields: { name: string } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: msgpack<Item> }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Item: { about: One item., fields: { name: string } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Item> }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: u64 }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: msgpack<u64> }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<u64> }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::formats::alike;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B202" "VALUE_SAME_CODEC",
        "a value is written in another format",
        Storage,
        [Readers, OldProcesses],
        "b202_value_same_codec.rs"
    ),
    claims: &["value.codec"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if alike(change) {
        return Verdict::Harmless;
    }
    let fix = format!(
        "keep {}, or declare a key of its own for {} and fill it beside the old one",
        change.old, change.new
    );
    Break::new(Deploy::DualWrite, fix).verdict()
}
