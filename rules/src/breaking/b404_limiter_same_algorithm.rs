//! # B404 LIMITER_SAME_ALGORITHM
//!
//! A limiter counts in another way, and keeps something else under the same key: `gcra` a hash with a moment for each rule,
//! `sliding_log` a sorted set of calls. While calls of one version count, those of the other fail with `WrongType`, whatever
//! `on_unavailable:` says, because the server is there. Count in a key of its own from now on: what was counted before
//! means nothing any more once the longest window is over.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", rate_limit: { rules: [5/1m] } }
//! ```
//!
//! ```yaml after
//! # found at calls
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", rate_limit: { rules: [5/1m], algorithm: sliding_log } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", rate_limit: { rules: [5/1m], algorithm: gcra } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B404" "LIMITER_SAME_ALGORITHM",
        "a limiter counts in another way",
        Storage,
        [Readers, OldProcesses],
        "b404_limiter_same_algorithm.rs"
    ),
    claims: &["key.structure.algorithm"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!(
        "keep `algorithm: {}`, or count in a key of its own from now on",
        change.old
    );
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(change.horizon())
        .verdict()
}
