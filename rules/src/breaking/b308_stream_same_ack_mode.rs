//! # B308 STREAM_SAME_ACK_MODE
//!
//! Programs of one version acknowledge an entry when they have dealt with it, those of the other when it is delivered. While
//! both run, some entries are lost with a consumer that fails and some are done twice, and nobody can tell which. What the old
//! programs left unacknowledged stays pending once nobody takes it over. Let another group do it the new way, begin it where
//! the old one has ended, and drain the old one.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s } } }
//! ```
//!
//! ```yaml after
//! # found at cart.groups.mailer
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     stream: { entry: Step, groups: { mailer: { ack: before } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     stream: { entry: Step, groups: { mailer: { ack: after, min_idle: 90s } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking, consumers};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B308" "STREAM_SAME_ACK_MODE",
        "entries count as dealt with at another moment",
        Rolling,
        [OldProcesses, Data],
        "b308_stream_same_ack_mode.rs"
    ),
    claims: &["key.structure.group.ack_before"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, _, group)) = consumers::of(change) else {
        return Verdict::NotMine;
    };
    let then = if old.ack_before { "before" } else { "after" };
    let fix =
        format!("keep `ack: {then}`, or declare another group beside `{group}` and drain this one");
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(change.horizon())
        .verdict()
}
