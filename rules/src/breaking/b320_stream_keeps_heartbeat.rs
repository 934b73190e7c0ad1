//! # B320 STREAM_KEEPS_HEARTBEAT
//!
//! Work that takes longer than `min_idle:` is safe as long as the consumer says that it is still at it. Programs of the new version
//! say so no more, so others take the entry over in the middle of the work, old programs too, and it is dealt with twice. Keep the heartbeat, or make
//! `min_idle:` longer than the longest work first.
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, heartbeat: 20s } } }
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
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, heartbeat: 10s } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking, consumers};
use crate::facts::duration;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B320" "STREAM_KEEPS_HEARTBEAT",
        "work on an entry is no longer kept from others",
        Rolling,
        [Data],
        "b320_stream_keeps_heartbeat.rs"
    ),
    claims: &["key.structure.group.heartbeat_ms"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new, group)) = consumers::of(change) else {
        return Verdict::NotMine;
    };
    // Where nothing is taken over any more nobody needs to say anything: B308 and B315 tell of that.
    let (Some(before), None, Some(idle)) = (old.heartbeat_ms, new.heartbeat_ms, new.min_idle_ms)
    else {
        return Verdict::Harmless;
    };
    let fix = format!(
        "keep `heartbeat: {}`, or see that nobody works on an entry of `{group}` for longer than {}",
        duration(before),
        duration(idle)
    );
    Break::new(Deploy::Any, fix)
        .horizon(change.horizon())
        .verdict()
}
