//! # B503 TTL_NO_SHRINK
//!
//! A key goes away sooner than programs of the old version expect. Keys that are there keep the lifetime they were
//! given until they are written again, so that for a while some live long and some do not. Make sure that nothing
//! relies on the old lifetime.
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
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 24h, range: 1h..24h }, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use super::holds::is_of_holds;
use super::window::differs;
use crate::facts::TtlRule;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B503" "TTL_NO_SHRINK",
        "a key lives less long",
        Rolling,
        [OldProcesses, Data],
        "b503_ttl_no_shrink.rs"
    ),
    claims: &["key.lifetime.rule"],
    judge,
};

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
    if after >= before {
        return Verdict::NotMine;
    }
    let fix = format!(
        "see that nothing needs it after {}; what is there keeps up to {}",
        change.new, change.old
    );
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(Horizon::of(old))
        .verdict()
}
