//! # B607 METRIC_LABEL_SAME
//!
//! Metrics, traces and the slow log speak of keys by their template, placeholders included. A placeholder with another
//! name changes the label of every key that carries it: panels go blank and alerts never fire. Change them with the
//! roll-out; for a while both labels are written.
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
//! # found at {cart_id}
//! edition: 1
//! schema: shop
//! version: 2
//! params: { cart_id: { type: uuid, was: [id] } }
//! keys:
//!   cart: { key: "cart:{cart_id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: { type: uuid, about: The cart } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B607" "METRIC_LABEL_SAME",
        "what metrics call a key changed",
        Ops,
        [Operations],
        "b607_metric_label_same.rs"
    ),
    claims: &["param.name"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!(
        "look for `{{{}}}` in panels and alerts and add `{{{}}}`",
        change.old, change.new
    );
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
