//! # B422 QUEUE_ATTEMPTS_NO_SHRINK
//!
//! A task may be tried less often. Those that wait and have been tried as often as that already are dead when a new program looks at them, though
//! they were promised another attempt. Requeue the dead ones that deserve it (`requeue_dead`), or lower the number when nothing waits that was
//! tried before.
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
//!   mails: { key: "mails", queue: { payload: string, lease: 30s, max_attempts: 1 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 30s, max_attempts: 9, backoff: { first: 1s, max: 1m } } }
//! ```

use super::work::queue;
use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B422" "QUEUE_ATTEMPTS_NO_SHRINK",
        "tasks that wait are dead after fewer attempts",
        Storage,
        [OldProcesses],
        "b422_queue_attempts_no_shrink.rs"
    ),
    claims: &["key.structure.max_attempts"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = queue(change) else {
        return Verdict::NotMine;
    };
    if new.max_attempts >= old.max_attempts {
        return Verdict::Harmless;
    }
    let fix = format!(
        "keep {} until nothing waits that was tried before, or requeue what is dead then",
        change.old
    );
    Break::new(Deploy::Any, fix)
        .horizon(change.horizon())
        .verdict()
}
