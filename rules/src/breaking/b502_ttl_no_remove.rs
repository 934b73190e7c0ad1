//! # B502 TTL_NO_REMOVE
//!
//! A key that expired stays for ever from now on. Memory grows by every key that is written, and whatever relied on old
//! keys going away by themselves no longer can. Keys that were written before keep the lifetime they have, unless they
//! are written again. Give the key a long lifetime instead, or bound how many there can be.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at job
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: { none: wanted for ever }, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: { default: 24h, range: 1h..25h }, string: bytes }
//! ```

use super::window::differs;
use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};
use crate::facts::TtlRule;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B502" "TTL_NO_REMOVE",
        "a key that expired no longer does",
        Ops,
        [Operations],
        "b502_ttl_no_remove.rs"
    ),
    claims: &["key.lifetime.rule"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.key() else {
        return Verdict::NotMine;
    };
    if differs(change) {
        return Verdict::NotMine;
    }
    if old.lifetime.longest_ms().is_none() || new.lifetime.rule != TtlRule::None {
        return Verdict::NotMine;
    }
    let fix = "keep a lifetime, if a long one, or say what bounds the number of keys and remove them on purpose";
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
