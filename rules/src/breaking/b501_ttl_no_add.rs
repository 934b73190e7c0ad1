//! # B501 TTL_NO_ADD
//!
//! A key that was kept now goes away by itself. Every write from now on starts the clock, so data that was meant to
//! last is lost, beginning with what is used most. Move what must last to another key first.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { none: wanted for ever }, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 30d, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { none: kept for the books }, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use super::window::differs;
use crate::facts::TtlRule;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B501" "TTL_NO_ADD",
        "a key that stayed for ever now expires",
        Storage,
        [Data],
        "b501_ttl_no_add.rs"
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
    if old.lifetime.rule != TtlRule::None || new.lifetime.longest_ms().is_none() {
        return Verdict::NotMine;
    }
    let fix = "move what must last to a key without a lifetime before anything writes the old one";
    Break::new(Deploy::WritersFirst, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
