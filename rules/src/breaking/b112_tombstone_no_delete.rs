//! # B112 TOMBSTONE_NO_DELETE
//!
//! A tombstone says that keys of an earlier version may still lie on the server. Without it nothing keeps a new key
//! from being given their name. Take it away when a scan finds none of them, and say so in `accept:`.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! tombstones:
//!   old_cart: { key: "carts:{id}", removed_in: 1 }
//! ```
//!
//! ```yaml after
//! # found at tombstones.old_cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at tombstones.old_cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! tombstones:
//!   old_cart: { key: "cartz:{id}", removed_in: 1 }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! tombstones:
//!   old_cart: { key: "carts:{id}", removed_in: 1 }
//!   older_cart: { key: "basket:{id}", removed_in: 1 }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Sides, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B112" "TOMBSTONE_NO_DELETE",
        "a tombstone was taken away or changed",
        Storage,
        [Data],
        "b112_tombstone_no_delete.rs"
    ),
    claims: &[
        "tombstone.removed",
        "tombstone.template.*",
        "tombstone.prefix.*",
        "tombstone.database",
    ],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let name = change.path.trim_start_matches("tombstones.");
    // A key that takes its place says so itself.
    if matches!(change.sides, Sides::Tombstone { new: None, .. })
        && comparison.new.keys.contains_key(name)
    {
        return Verdict::Harmless;
    }
    let fix =
        format!("put `{name}` back until `redis-schema diff --live URL` finds none of its keys");
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
