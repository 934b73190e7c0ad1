//! # B317 STREAM_DELIVERIES_NO_SHRINK
//!
//! Deliveries are counted by the server, so an entry that an old program would try again is given up by a new one, at once where it
//! was delivered that often before. Nothing is lost, but work that would have been done waits among the dead letters for somebody to
//! look. Put such entries back when the new version has taken over.
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, max_deliveries: 5, dead_letter: failed } } }
//!   failed:
//!     key: "failed:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, max_deliveries: 2, dead_letter: failed } } }
//!   failed:
//!     key: "failed:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, max_deliveries: 9, dead_letter: failed } } }
//!   failed:
//!     key: "failed:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking, consumers};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B317" "STREAM_DELIVERIES_NO_SHRINK",
        "entries are given up sooner",
        Rolling,
        [OldProcesses, Data],
        "b317_stream_deliveries_no_shrink.rs"
    ),
    claims: &["key.structure.group.max_deliveries"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new, _)) = consumers::of(change) else {
        return Verdict::NotMine;
    };
    // That nothing is given up any more, or now, is told with the stream it goes to.
    let (Some(before), Some(after), Some(dead)) =
        (old.max_deliveries, new.max_deliveries, &new.dead_letter)
    else {
        return Verdict::Harmless;
    };
    if after >= before {
        return Verdict::Harmless;
    }
    let fix = format!("look for entries in `{dead}` that deserved {before} deliveries");
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(change.horizon())
        .verdict()
}
