//! # B109 KEY_SAME_HASH_TAG
//!
//! Braces were added to a template, moved or taken away. They are bytes of the key, so that old keys are not found; and
//! in a cluster the key lies on another node, where a transaction or script with its neighbours fails with `CROSSSLOT`.
//! `RENAME` does not work across slots: copy the data key by key.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", slot: id, ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", slot: id, ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", slot: id, ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", slot: id, ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", slot: id, ttl: 24h, string: bytes }
//!   basket: { key: "basket:{id}", slot: id, ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::holds::is_of_holds;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B109" "KEY_SAME_HASH_TAG",
        "the part of a key that decides its slot changed",
        Storage,
        [Readers, OldProcesses, Operations],
        "b109_key_same_hash_tag.rs"
    ),
    claims: &["key.template.slot"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if is_of_holds(change) {
        return Verdict::NotMine;
    }
    let fix = "copy the keys to their new names (`DUMP` and `RESTORE`, or `COPY` on one server) and read both meanwhile";
    Break::new(Deploy::DualWrite, fix).verdict()
}
