//! # B405 LIMITER_SAME_WINDOW
//!
//! A limiter has other rules. While both versions run, each decides by its own: what one refuses the other lets through. And they
//! share what they count. Under `gcra` that is the time until all calls are paid off, at the old pace: a limit that is doubled
//! still refuses what it should let through now, until the old calls are paid off; a version with a smaller burst forgets what
//! is owed beyond it. A window that only one version knows counts the calls of that version alone, so that for a while both
//! limits together are let through. Of a `sliding_log` the version with the shorter window forgets what the other one
//! still counts. Where that matters, count in a key of its own from now on. In which order rules stand makes no difference.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", rate_limit: { rules: [5/1m, 50/1h] } }
//! ```
//!
//! ```yaml after
//! # found at calls
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", rate_limit: { rules: [10/1m, 50/1h] } }
//! ```
//!
//! ```yaml after
//! # found at calls
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", rate_limit: { rules: [5/2m, 50/1h] } }
//! ```
//!
//! ```yaml after
//! # found at calls
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", rate_limit: { rules: [5/1m burst 2, 50/1h] } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", rate_limit: { rules: [50/1h, 5/1m], max_cost: 2 } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   mails: { key: "mails:{id}", rate_limit: { rules: [5/1m], algorithm: sliding_log } }
//! ```
//!
//! ```yaml after
//! # found at mails
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   mails: { key: "mails:{id}", rate_limit: { rules: [5/1h], algorithm: sliding_log } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B405" "LIMITER_SAME_WINDOW",
        "a limiter has other rules",
        Rolling,
        [OldProcesses],
        "b405_limiter_same_window.rs"
    ),
    claims: &["key.structure.rules"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!(
        "let the old programs end soon, or count in a key of its own from now on (was: {})",
        change.old
    );
    Break::new(Deploy::Any, fix)
        .horizon(change.horizon())
        .verdict()
}
