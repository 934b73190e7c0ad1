//! # L409 STREAM_HAS_GROUP_POLICY
//!
//! An entry that a consumer was given and did not acknowledge stays that consumer's for ever, unless somebody takes it over: a
//! process that is gone takes its entries with it. And an entry that nobody can deal with is taken over again and again, unless it is
//! given up at last. A group says when the one happens (`min_idle:`) and where the other ends (`max_deliveries:` and
//! `dead_letter:`), or that entries count as dealt with when they are delivered (`ack: before`).
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   steps: { key: steps, ttl: 1d, stream: { entry: Step, groups: [mailer] } }
//!   moves: { key: moves, ttl: 1d, stream: { entry: Step, groups: { mailer: { min_idle: 60s } } } }
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
//!     stream:
//!       entry: Step
//!       groups:
//!         mailer: { min_idle: 60s, max_deliveries: 5, dead_letter: steps_failed }
//!         counter: { ack: before }
//!   steps_failed: { key: "steps:failed", ttl: 7d, stream: { entry: Step } }
//! ```

use redis_schema_model::model::{Acknowledge, ConsumerGroup, Key, Structure};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L409" "STREAM_HAS_GROUP_POLICY",
    "a consumer group whose entries may never end",
    Standard,
    "l409_stream_has_group_policy.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        if let Structure::Stream { groups, .. } = &key.structure {
            let open = |group: &&ConsumerGroup| group.ack == Acknowledge::After;
            for group in groups.iter().filter(open) {
                judge(key, group, found);
            }
        }
    }
}

fn judge(key: &Key, group: &ConsumerGroup, found: &mut Found<'_>) {
    let dead = "max_deliveries: 5, dead_letter: the_stream_of_those_that_failed";
    let (message, label, missing) = match (group.min_idle_ms, &group.gives_up) {
        (None, _) => (
            format!(
                "nobody takes over what a consumer of `{}` leaves undone",
                group.name
            ),
            "no `min_idle:`",
            format!("min_idle: 60s, {dead}"),
        ),
        (Some(_), None) => (
            format!(
                "an entry that `{}` cannot deal with is delivered for ever",
                group.name
            ),
            "no `dead_letter:`",
            dead.to_owned(),
        ),
        (Some(_), Some(_)) => return,
    };
    found.at(group.span, message).label(label).help(format!(
        "write `groups: {{ {}: {{ {missing} }} }}` under `{}`, or `ack: before` if entries may be lost",
        group.name, key.name
    ));
}
