//! # B212 ENUM_VARIANT_NO_DELETE
//!
//! A variant of an enum, or a shape of a tagged union, is gone or has another text. Stored values of it cannot be read.
//! The same holds for a catch-all that is taken away: what it stood for has no name any more. Renaming a variant in
//! code is no such change as long as its `text:` stays. Keep the variant, or give the enum a catch-all (`other:`).
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
//! # found at State.shipped
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: [open, paid] } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```
//!
//! ```yaml after
//! # found at State.shipped
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: { open: {}, paid: {}, shipped: { text: sent } } } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: { open: {}, paid: {}, shipped: { text: shipped } } } }
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
//! ```yaml after
//! # found at State
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: [open, paid] } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { State: { enum: [open], other: Unknown } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: State }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::closed::catches_all;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B212" "ENUM_VARIANT_NO_DELETE",
        "a value of a closed list is gone or written otherwise",
        Storage,
        [Readers, OldProcesses],
        "b212_enum_variant_no_delete.rs"
    ),
    claims: &[
        "variant.removed",
        "variant.text",
        "shape.removed",
        "shape.text",
        "enum.other",
    ],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    if change.bare() == "enum.other" {
        return other(change);
    }
    if change.bare() == "variant.removed" && catches_all(comparison.new, &change.path) {
        return Verdict::Harmless;
    }
    let name = change.path.rsplit('.').next().unwrap_or_default();
    let fix = format!(
        "keep `{name}` with `text: {}`, or give the enum a catch-all: `other: Unknown`",
        change.old
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}

/// A catch-all came, went or has another name.
fn other(change: &Change<'_>) -> Verdict {
    if change.new != "none" {
        return Verdict::Harmless;
    }
    let fix = format!(
        "keep `other: {}`, or name every value that it stood for",
        change.old
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
