//! # B304 MAXLEN_NO_SHRINK
//!
//! A stream is cut shorter than before, or is cut at all for the first time. The first entry that is added drops the
//! history beyond the new bound; consumers that were behind never see it. Read what is wanted first.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, maxlen: ~1000 } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
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
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, max_age: 7d } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, maxlen: ~2000 } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms } } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, maxlen: 10 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use super::trim::{Bound, bound};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B304" "MAXLEN_NO_SHRINK",
        "a stream keeps fewer entries",
        Storage,
        [Data],
        "b304_maxlen_no_shrink.rs"
    ),
    claims: &["key.structure.trim"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    match bound(change) {
        Some(Bound::Tighter) => {
            let fix = format!(
                "keep {} until every consumer has read what would go",
                change.old
            );
            Break::new(Deploy::ReadersFirst, fix)
                .horizon(Horizon::Permanent)
                .verdict()
        }
        Some(Bound::Looser) => Verdict::Harmless,
        _ => Verdict::NotMine,
    }
}
