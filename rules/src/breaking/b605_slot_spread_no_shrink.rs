//! # B605 SLOT_SPREAD_NO_SHRINK
//!
//! Whatever stands between braces decides the slot of a key in a cluster. Where it is the same text for every key of a
//! kind, all of them lie on one node, however many nodes there are. Let a placeholder be the tag.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at note
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "{{note}}:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", slot: id, ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Sides, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B605" "SLOT_SPREAD_NO_SHRINK",
        "all keys of a kind are in one slot",
        Ops,
        [Operations],
        "b605_slot_spread_no_shrink.rs"
    ),
    claims: &["key.added", "key.template.slot"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Sides::Key { new: Some(new), .. } = change.sides else {
        return Verdict::NotMine;
    };
    let tag = &new.template.slot;
    let is_one_slot = !tag.is_empty() && !tag.contains('{') && !new.template.params().is_empty();
    if !is_one_slot {
        return Verdict::NotMine;
    }
    let fix = format!(
        "let a placeholder decide the slot instead of `{tag}`: `slot: {}`",
        new.template.params().first().copied().unwrap_or_default()
    );
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
