//! # L307 HEARTBEAT_VS_TIMEOUT
//!
//! A consumer that is at work says so every `heartbeat:`, and an entry of which nobody has said so for `min_idle:` is taken over. One
//! sign can be late or lost: a slow server, a connection that is made anew, a process that was stopped for a moment. If the time is not
//! at least three times as long as the pause between two signs, work that goes on is taken for abandoned and done twice.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   steps:
//!     key: steps
//!     ttl: 1d
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, heartbeat: 30s, max_deliveries: 5, dead_letter: failed } } }
//!   failed: { key: "steps:failed", ttl: 7d, stream: { entry: Step } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   steps:
//!     key: steps
//!     ttl: 1d
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, heartbeat: 20s, max_deliveries: 5, dead_letter: failed } } }
//!   failed: { key: "steps:failed", ttl: 7d, stream: { entry: Step } }
//! ```

use redis_schema_model::model::{ConsumerGroup, Structure};

use super::{Found, Lint, Subject, lint};
use crate::facts::duration;

pub(super) const LINT: Lint = lint!(
    "L307" "HEARTBEAT_VS_TIMEOUT",
    "a heartbeat of which one may not fail",
    Standard,
    "l307_heartbeat_vs_timeout.rs",
    Check(check)
);

/// So many signs of life fit into the time after which somebody counts as gone.
const BEATS: u64 = 3;

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        if let Structure::Stream { groups, .. } = &key.structure {
            groups.iter().for_each(|group| judge(group, found));
        }
    }
}

fn judge(group: &ConsumerGroup, found: &mut Found<'_>) {
    let (Some(beat), Some(idle)) = (group.heartbeat_ms, group.min_idle_ms) else {
        return;
    };
    if beat.saturating_mul(BEATS) <= idle {
        return;
    }
    let (name, beat) = (&group.name, duration(beat));
    let message = format!("one late heartbeat costs a consumer of `{name}` its entry");
    let help = match idle / BEATS {
        0 => "make `min_idle:` longer".to_owned(),
        third => format!(
            "write `heartbeat: {}` or less, or make `min_idle:` longer",
            duration(third)
        ),
    };
    found
        .at(group.span, message)
        .label(format!(
            "every {beat}, and taken over after {}",
            duration(idle)
        ))
        .help(help);
}
