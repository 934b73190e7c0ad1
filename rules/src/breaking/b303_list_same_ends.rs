//! # B303 LIST_SAME_ENDS
//!
//! Programs of one version add to the end from which those of the other take. While both run, what was added first is taken last or
//! somewhere in between, and what lies there from before is taken in the other order for ever after. Let the new order have a list of
//! its own, and empty the old one.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   line: { key: "line:{id}", ttl: 24h, list: { of: slug, order: fifo } }
//! ```
//!
//! ```yaml after
//! # found at line
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   line: { key: "line:{id}", ttl: 24h, list: { of: slug, order: lifo } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   line: { key: "line:{id}", ttl: 24h, list: slug }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use crate::facts::{Key, Structure};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B303" "LIST_SAME_ENDS",
        "a list is used from the other end",
        Rolling,
        [Readers, OldProcesses],
        "b303_list_same_ends.rs"
    ),
    claims: &["key.structure.order"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.key() else {
        return Verdict::NotMine;
    };
    let (Some(before), Some(_)) = (order(old), order(new)) else {
        // Where none is declared callers choose, as they did.
        return Verdict::Harmless;
    };
    let fix = format!("keep `order: {before}`, or give the new order a list of its own");
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(change.horizon())
        .verdict()
}

fn order(key: &Key) -> Option<&str> {
    match &key.structure {
        Structure::List { order, .. } => order.as_deref(),
        _ => None,
    }
}
