//! # B213 ENUM_VARIANT_NO_ADD
//!
//! A variant or shape was added to a closed list. Programs of the old version fail on it. If the enum had a catch-all
//! (`other:`) in the version before, they carry it through unharmed; that is what a catch-all is for. Else roll out to
//! every reader before anything writes it.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { State: { enum: [open, paid, shipped] } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```
//!
//! ```yaml after
//! # found at State.returned
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: [open, paid, shipped, returned] } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: [open, paid, shipped], other: Unknown } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { State: { enum: [open, paid], other: Unknown } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: [open, paid, shipped], other: Unknown } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::closed::catches_all;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B213" "ENUM_VARIANT_NO_ADD",
        "a value of a closed list that old programs do not know",
        Rolling,
        [OldProcesses],
        "b213_enum_variant_no_add.rs"
    ),
    claims: &["variant.added", "shape.added"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    if change.bare() == "variant.added" && catches_all(comparison.old, &change.path) {
        return Verdict::Harmless;
    }
    let fix = format!(
        "let every reader know `{}` before anything writes it, or release a catch-all (`other: Unknown`) first",
        change.new
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
