//! # B214 ENUM_SAME_REPRESENTATION
//!
//! The field that says which shape a value has is called otherwise. No stored value has the new one, so none can be
//! read; old programs cannot read what is written now. Keep the name of the tag.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types:
//!   Spot: { fields: { x: f64 } }
//!   Shape: { tag: kind, one_of: { spot: Spot, none: {} } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Shape> }
//! ```
//!
//! ```yaml after
//! # found at Shape
//! edition: 1
//! schema: shop
//! version: 2
//! types:
//!   Spot: { fields: { x: f64 } }
//!   Shape: { tag: shape, one_of: { spot: Spot, none: {} } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Shape> }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types:
//!   Spot: { fields: { x: f64 } }
//!   Shape: { about: One of two., tag: kind, one_of: { spot: Spot, none: {} } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<Shape> }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B214" "ENUM_SAME_REPRESENTATION",
        "a tagged union has its tag under another name",
        Storage,
        [Readers, OldProcesses],
        "b214_enum_same_representation.rs"
    ),
    claims: &["one_of.tag"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!("keep `tag: {}`", change.old);
    Break::new(Deploy::DualWrite, fix).verdict()
}
