//! # B319 STREAM_GROUP_SAME_START
//!
//! Where a group begins is decided by whoever creates it, once for each stream; groups that exist go on where they are. While
//! both versions run it is a matter of chance whether a new stream is read from its first entry: entries that were added before
//! the group was made are dealt with in the one case and passed over in the other. Name a group that begins elsewhere anew.
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, start: new } } }
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, start: first } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking, consumers};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B319" "STREAM_GROUP_SAME_START",
        "a consumer group begins elsewhere",
        Rolling,
        [OldProcesses, Data],
        "b319_stream_group_same_start.rs"
    ),
    claims: &["key.structure.group.start_new"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, _, group)) = consumers::of(change) else {
        return Verdict::NotMine;
    };
    let then = if old.start_new { "new" } else { "first" };
    let fix = format!("keep `start: {then}`, or give the group another name than `{group}`");
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(change.horizon())
        .verdict()
}
