//! # B408 ATOMIC_GROUP_NO_SPLIT
//!
//! Keys of a unit are written in one transaction, so that nobody sees half of them. A key that leaves the unit, or a
//! unit that is gone, lets readers see one without the other. Keep them together, or make readers cope with either
//! being absent first.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//! units: { begin: { writes: [cart, note] } }
//! ```
//!
//! ```yaml after
//! # found at units.begin
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//! units: { begin: { writes: [cart] } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//! units: { begin: { writes: [cart, note] }, other: { writes: [note] } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Sides, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B408" "ATOMIC_GROUP_NO_SPLIT",
        "a key is no longer written together with the others",
        Rolling,
        [Readers, OldProcesses],
        "b408_atomic_group_no_split.rs"
    ),
    claims: &["unit.removed", "unit.writes"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let Sides::Unit {
        old: Some(old),
        new,
    } = change.sides
    else {
        return Verdict::NotMine;
    };
    let now: &[String] = new.map_or(&[], |unit| &unit.writes);
    // A key that is gone altogether says so itself.
    let left: Vec<&str> = old
        .writes
        .iter()
        .filter_map(|key| comparison.key_now(key))
        .filter(|key| !now.iter().any(|other| other == key))
        .collect();
    if left.is_empty() || new.is_none() && left.len() < 2 {
        return Verdict::Harmless;
    }
    let fix = format!(
        "keep `{}` in the unit, or let every reader cope with its absence first",
        left.join("`, `")
    );
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(Horizon::Instant)
        .verdict()
}
