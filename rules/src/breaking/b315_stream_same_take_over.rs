//! # B315 STREAM_SAME_TAKE_OVER
//!
//! A consumer of the old version believes that an entry is its own until `min_idle:` has passed. Programs of the new version take
//! it over sooner, or at all where nobody did, and work on it at the same time: it is dealt with twice. Where nothing is taken over
//! any more, the work of consumers that are gone is never done. Make the work shorter first, then the time.
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 1h } } }
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
//!     stream: { entry: Step, groups: { mailer: {} } }
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 2h } } }
//! ```
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
//!     stream: { entry: Step, groups: { mailer: {} } }
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking, consumers};
use crate::facts::duration;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B315" "STREAM_SAME_TAKE_OVER",
        "entries are taken over sooner, or by nobody",
        Rolling,
        [OldProcesses, Data],
        "b315_stream_same_take_over.rs"
    ),
    claims: &["key.structure.group.min_idle_ms"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new, group)) = consumers::of(change) else {
        return Verdict::NotMine;
    };
    // Where nothing is acknowledged nothing is taken over, which B308 tells.
    if old.ack_before != new.ack_before {
        return Verdict::Harmless;
    }
    let fix = match (old.min_idle_ms, new.min_idle_ms) {
        (Some(before), Some(after)) if after >= before => return Verdict::Harmless,
        (_, Some(after)) => format!(
            "see that nobody works on an entry of `{group}` for longer than {}, in the old version too",
            duration(after)
        ),
        (Some(before), None) => format!(
            "keep `min_idle: {}`: nobody else takes the entries over",
            duration(before)
        ),
        (None, None) => return Verdict::Harmless,
    };
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(change.horizon())
        .verdict()
}
