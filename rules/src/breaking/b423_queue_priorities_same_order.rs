//! # B423 QUEUE_PRIORITIES_SAME_ORDER
//!
//! A priority of a queue is gone, has another place, or another name. A task knows its priority by the place in the list: tasks that wait count as
//! what stands there now, old and new programs mean different things by the same number, and tasks of a place that is gone are never claimed again.
//! Add new ones at the end, which old programs leave to new ones, or use a queue of its own.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 30s, max_attempts: 5, priorities: [high, normal, low] } }
//! ```
//!
//! ```yaml after
//! # found at mails
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 30s, max_attempts: 5, priorities: [high, normal] } }
//! ```
//!
//! ```yaml after
//! # found at mails
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 30s, max_attempts: 5, priorities: [low, normal, high] } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! keys:
//!   mails: { key: "mails", queue: { payload: string, lease: 30s, max_attempts: 5, priorities: [high, normal, low, some_day] } }
//! ```

use super::work::queue;
use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B423" "QUEUE_PRIORITIES_SAME_ORDER",
        "tasks that wait have another priority",
        Storage,
        [Readers, OldProcesses],
        "b423_queue_priorities_same_order.rs"
    ),
    claims: &["key.structure.priorities"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = queue(change) else {
        return Verdict::NotMine;
    };
    if new.priorities.starts_with(old.priorities) {
        return Verdict::Harmless;
    }
    let fix = "keep the list and add new ones at its end, or declare a queue of its own and let the old one run empty";
    Break::new(Deploy::DualWrite, fix)
        .horizon(change.horizon())
        .verdict()
}
