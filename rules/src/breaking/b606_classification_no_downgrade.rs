//! # B606 CLASSIFICATION_NO_DOWNGRADE
//!
//! A placeholder or field was marked `secret: true` and no longer is. Its values now appear in what `Debug` prints and
//! in what tools show of samples. Keep the mark, or have whoever answers for such data agree.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { token: { type: string, secret: true } } }
//! ```
//!
//! ```yaml after
//! # found at cart.token
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { token: string } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { token: { type: string, secret: true }, note: { type: string?, secret: true } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B606" "CLASSIFICATION_NO_DOWNGRADE",
        "something is no longer secret",
        Ops,
        [Operations],
        "b606_classification_no_downgrade.rs"
    ),
    claims: &[
        "param.secret",
        "field.secret",
        "entry.field.secret",
        "message.field.secret",
    ],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.new == "true" {
        return Verdict::Harmless;
    }
    let fix = format!("keep `secret: true` of {}", change.path);
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
