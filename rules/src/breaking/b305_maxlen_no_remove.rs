//! # B305 MAXLEN_NO_REMOVE
//!
//! A stream was cut and no longer is. It grows by every entry until its key expires, or for ever. Keep a bound, by
//! number or by age.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, maxlen: ~100 } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, maxlen: ~300 } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use super::trim::{Bound, bound};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B305" "MAXLEN_NO_REMOVE",
        "nothing bounds a stream any more",
        Ops,
        [Operations],
        "b305_maxlen_no_remove.rs"
    ),
    claims: &["key.structure.trim"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if bound(change) != Some(Bound::Gone) {
        return Verdict::NotMine;
    }
    let fix = "keep a bound: `maxlen: ~N` or `max_age: D`, as large as it need be";
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
