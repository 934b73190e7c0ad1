//! # B111 KEY_NO_REUSE_TOMBSTONED
//!
//! A key took the name, or can have the keys, of one that a tombstone spoke of in the version before. What is left of
//! the old data would be read as the new type. `check` refuses this while the tombstone stands; here it was taken away
//! in the same step. Choose another name, or wait until a scan finds nothing of the old key.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, string: bytes }
//! tombstones:
//!   cart: { key: "cart:{id}", removed_in: 1 }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, string: bytes }
//!   cart: { key: "cart:{id}", ttl: 24h, string: uuid }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, string: bytes }
//!   basket: { key: "basket:{id}", ttl: 24h, string: uuid }
//! tombstones:
//!   cart: { key: "cart:{id}", removed_in: 1 }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Sides, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B111" "KEY_NO_REUSE_TOMBSTONED",
        "a name or template of a tombstone is used again",
        Storage,
        [Readers, Data],
        "b111_key_no_reuse_tombstoned.rs"
    ),
    claims: &["key.added"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let Sides::Key {
        old: None,
        new: Some(new),
    } = change.sides
    else {
        return Verdict::NotMine;
    };
    let Some(name) = comparison.buried(&change.path, new) else {
        return Verdict::NotMine;
    };
    let fix = format!(
        "choose another name, or keep the tombstone `{name}` until a scan finds none of its keys"
    );
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
