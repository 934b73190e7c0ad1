//! # B504 TTL_NO_GROW
//!
//! A key that lives longer takes memory for longer: at a steady rate of writes, twice the lifetime is twice the keys.
//! Caches serve older answers. Less than twice is taken as a change of degree. See that the server has room, and that
//! readers can do with older data.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 90m, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use super::holds::is_of_holds;
use super::window::differs;
use crate::facts::TtlRule;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B504" "TTL_NO_GROW",
        "a key lives twice as long or longer",
        Ops,
        [Operations],
        "b504_ttl_no_grow.rs"
    ),
    claims: &["key.lifetime.rule"],
    judge,
};

/// From this factor on it is told.
const FACTOR: u64 = 2;

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if is_of_holds(change) {
        return Verdict::NotMine;
    }
    let Some((old, new)) = change.key() else {
        return Verdict::NotMine;
    };
    if differs(change) {
        return Verdict::NotMine;
    }
    let (TtlRule::AfterMs(before), TtlRule::AfterMs(after)) =
        (old.lifetime.rule, new.lifetime.rule)
    else {
        return Verdict::NotMine;
    };
    if after < before {
        return Verdict::NotMine;
    }
    if after < before.saturating_mul(FACTOR) {
        return Verdict::Harmless;
    }
    let fix = format!(
        "see that the server has room for {} times as many keys",
        after / before.max(1)
    );
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
