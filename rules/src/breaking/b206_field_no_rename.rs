//! # B206 FIELD_NO_RENAME
//!
//! A field went and another of the same type came: by all signs it was renamed. Stored data has the old name, so new
//! readers see the field as absent. Say `was: [old_name]`, and it is read under both. That leaves the other direction:
//! programs of the old version do not find what is now written under the new name, so every reader has to be replaced
//! first.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, note: string? } }
//! ```
//!
//! ```yaml after
//! # found at cart.total
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { sum: u64, note: string? } }
//! ```
//!
//! ```yaml after
//! # found at cart.sum
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { sum: { type: u64, was: [total] }, note: string? } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, note: string?, sum: u64? } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Sides, Verdict, breaking};

use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B206" "FIELD_NO_RENAME",
        "a field was renamed",
        Storage,
        [Readers, OldProcesses],
        "b206_field_no_rename.rs"
    ),
    claims: &["field.removed", "field.name"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.bare() == "field.name" {
        let fix = format!(
            "replace every program that reads `{}` before anything writes `{}`",
            change.old, change.new
        );
        return Break::new(Deploy::ReadersFirst, fix)
            .level(Level::Rolling)
            .who(&[Who::OldProcesses])
            .verdict();
    }
    let (Sides::Field { old: Some(_), .. }, Some(added)) = (change.sides, change.lookalike) else {
        return Verdict::NotMine;
    };
    let name = change.path.rsplit('.').next().unwrap_or_default();
    let fix = format!(
        "if `{added}` is its new name, give it `was: [{name}]`; else keep `{name}` as an optional field"
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
