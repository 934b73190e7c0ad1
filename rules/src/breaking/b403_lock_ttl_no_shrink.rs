//! # B403 LOCK_TTL_NO_SHRINK
//!
//! A lease is shorter than what old programs count on. Each program takes a lease of its own length, so that a hold stays as long as who took
//! it expects, until a new program renews it by its token: then it ends before the old one renews it, or before its work is done, and somebody
//! else works beside it. And work that just had time enough has not any more. With `renew: auto`, a lease that is longer than a third of the old
//! one is long enough: by then it is renewed.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s } }
//! ```
//!
//! ```yaml after
//! # found at pay
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 5s } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 60s } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s, renew: auto, max_hold: 5m } }
//! ```
//!
//! ```yaml after
//! # found at pay
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 10s, renew: auto, max_hold: 5m } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 20s, renew: auto, max_hold: 5m } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use super::holds::hold;
use crate::facts::TtlRule;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B403" "LOCK_TTL_NO_SHRINK",
        "a lease ends before old programs renew it",
        Rolling,
        [OldProcesses],
        "b403_lock_ttl_no_shrink.rs"
    ),
    claims: &["key.lifetime.rule"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.key() else {
        return Verdict::NotMine;
    };
    let (Some(held), Some(_)) = (hold(old), hold(new)) else {
        return Verdict::NotMine;
    };
    let (TtlRule::AfterMs(before), TtlRule::AfterMs(after)) =
        (old.lifetime.rule, new.lifetime.rule)
    else {
        return Verdict::NotMine;
    };
    // A guard renews when a third is over; without one it is held to its end.
    let needed = if held.renew { before / 3 + 1 } else { before };
    if after >= needed {
        return Verdict::Harmless;
    }
    let fix = format!(
        "keep {} until no old program runs, and see that the work needs no more than {}",
        change.old, change.new
    );
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(Horizon::of(old))
        .verdict()
}
