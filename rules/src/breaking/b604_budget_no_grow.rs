//! # B604 BUDGET_NO_GROW
//!
//! The declared size or number of a key grew, and with it what the server must hold. Whoever planned its memory planned
//! with the old figure. Less than twice is taken as a change of degree.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes, size: { bytes: 1KiB, keys: 1000 } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes, size: { bytes: 1KiB, keys: 1000000 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes, size: { bytes: 1KiB, keys: 1500 } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use crate::facts::Key;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B604" "BUDGET_NO_GROW",
        "a key is expected to take more memory",
        Ops,
        [Operations],
        "b604_budget_no_grow.rs"
    ),
    claims: &["key.size"],
    judge,
};

/// From this factor on it is told.
const FACTOR: u64 = 2;

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.key() else {
        return Verdict::NotMine;
    };
    let (Some(before), Some(after)) = (bytes(old), bytes(new)) else {
        return Verdict::Harmless;
    };
    if after < before.saturating_mul(FACTOR) {
        return Verdict::Harmless;
    }
    let fix = "see that the server has room for it, or bound the number of keys";
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}

fn bytes(key: &Key) -> Option<u64> {
    key.size.map(|size| size.bytes.saturating_mul(size.keys))
}
