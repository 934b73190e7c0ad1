//! # B313 INDEX_SAME_SOURCE
//!
//! A set or list holds identifiers of other keys, and now of another kind of key. What it holds already leads nowhere,
//! or to the wrong place; what it should hold is not in it. Build a new index and fill it before it is read.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid, user: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//!   of_user: { key: "of:{user}", ttl: 24h, set: { ref: cart.id } }
//! ```
//!
//! ```yaml after
//! # found at of_user
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, user: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//!   of_user: { key: "of:{user}", ttl: 24h, set: { ref: note.id } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, user: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//!   of_user: { key: "of:{user}", ttl: 24h, set: { ref: cart.id } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B313" "INDEX_SAME_SOURCE",
        "members of an index name other keys",
        Storage,
        [Readers, Data],
        "b313_index_same_source.rs"
    ),
    claims: &["key.structure.refers"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!(
        "keep the index of {}, and build one of {} beside it",
        change.old, change.new
    );
    Break::new(Deploy::DualWrite, fix).verdict()
}
