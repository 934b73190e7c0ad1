//! # B424 QUEUE_KEEP_NO_SHRINK
//!
//! A queue knows less of what is over. With a shorter `done:` an id is free again sooner: whoever enqueues the same task once more, counting on being
//! told that it is a duplicate, has it done twice. With a shorter `dead:` or a smaller `max_dead:`, the next call of a new program deletes dead tasks that
//! somebody may want to look at or to requeue. Deal with the dead ones first, and see that nobody enqueues a task again later than the new
//! time.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 1s, max_attempts: 1, keep: { done: 1d, dead: 7d, max_dead: 100 } } }
//! ```
//!
//! ```yaml after
//! # found at mails
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 1s, max_attempts: 1, keep: { done: 1s, dead: 7d, max_dead: 100 } } }
//! ```
//!
//! ```yaml after
//! # found at mails
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 1s, max_attempts: 1, keep: { done: 1d, dead: 1ms, max_dead: 100 } } }
//! ```
//!
//! ```yaml after
//! # found at mails
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 1s, max_attempts: 1, keep: { done: 1d, dead: 7d, max_dead: 1 } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 1s, max_attempts: 1, keep: { done: 2d, dead: 14d, max_dead: 1k } } }
//! ```

use super::work::queue;
use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B424" "QUEUE_KEEP_NO_SHRINK",
        "less is known of tasks that are over",
        Storage,
        [Readers, OldProcesses],
        "b424_queue_keep_no_shrink.rs"
    ),
    claims: &[
        "key.structure.keep_done_ms",
        "key.structure.keep_dead_ms",
        "key.structure.max_dead",
    ],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = queue(change) else {
        return Verdict::NotMine;
    };
    let shrinks = match change.what.as_str() {
        "key.structure.keep_done_ms" => new.keep_done_ms < old.keep_done_ms,
        "key.structure.keep_dead_ms" => new.keep_dead_ms < old.keep_dead_ms,
        _ => new.max_dead < old.max_dead,
    };
    if !shrinks {
        return Verdict::Harmless;
    }
    let fix = "requeue or drop the dead tasks first, and see that no task is enqueued again later than the new time";
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(change.horizon())
        .verdict()
}
