//! # B421 QUEUE_LEASE_NO_SHRINK
//!
//! A claimed task is left to its worker for a shorter time. Each program claims for a lease of its own length, so what old programs claimed stays
//! theirs for as long as they expect, unless a new one extends it for them. But the same work has less time now: what just was done in time is
//! given to a second worker while the first is still at it, and counts as an attempt that failed. See first that workers are done by then, or
//! extend the lease often enough.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 30s, max_attempts: 5 } }
//! ```
//!
//! ```yaml after
//! # found at mails
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 5s, max_attempts: 5 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 60s, max_attempts: 5 } }
//! ```

use super::work::queue;
use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B421" "QUEUE_LEASE_NO_SHRINK",
        "a task is left to its worker for a shorter time",
        Rolling,
        [OldProcesses],
        "b421_queue_lease_no_shrink.rs"
    ),
    claims: &["key.structure.lease_ms"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = queue(change) else {
        return Verdict::NotMine;
    };
    if new.lease_ms >= old.lease_ms {
        return Verdict::Harmless;
    }
    let fix = "see that the work needs no more than the new lease, or extend it while it goes on";
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(change.horizon())
        .verdict()
}
