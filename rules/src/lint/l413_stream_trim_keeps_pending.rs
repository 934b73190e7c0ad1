//! # L413 STREAM_TRIM_KEEPS_PENDING
//!
//! A stream with `maxlen:` or `max_age:` drops its oldest entries whether or not its consumer groups have dealt with them. What a group
//! was not given yet it never gets; what a consumer has not acknowledged is gone from under it, and whoever takes its entries over is
//! told of them as deleted, without what they held. A group that is behind loses the work that it is behind with. Let a lifetime bound the
//! stream, and remove what all groups have dealt with (`xdel`, `xtrim`); or say `ack: before` of a group whose entries may be lost; or
//! why no group is ever so far behind: `allow: { L413: the reason }`.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   steps:
//!     key: steps
//!     ttl: 7d
//!     stream:
//!       entry: Step
//!       maxlen: ~1000
//!       groups: { mailer: { min_idle: 60s, max_deliveries: 5, dead_letter: steps_failed } }
//!   steps_failed: { key: "steps:failed", ttl: 7d, stream: { entry: Step } }
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
//!     ttl: 7d
//!     stream:
//!       entry: Step
//!       groups: { mailer: { min_idle: 60s, max_deliveries: 5, dead_letter: steps_failed } }
//!   steps_failed: { key: "steps:failed", ttl: 7d, stream: { entry: Step, maxlen: ~1000 } }
//!   views:
//!     key: views
//!     ttl: 7d
//!     stream: { entry: Step, maxlen: ~1000, groups: { counter: { ack: before } } }
//! ```

use redis_schema_model::model::{Acknowledge, StreamTrim, Structure};

use super::{Found, Lint, Subject, lint, words};

pub(super) const LINT: Lint = lint!(
    "L413" "STREAM_TRIM_KEEPS_PENDING",
    "a stream that drops what its groups have not dealt with",
    Standard,
    "l413_stream_trim_keeps_pending.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let Structure::Stream {
            trim: Some(trim),
            groups,
            ..
        } = &key.structure
        else {
            continue;
        };
        let bound = match trim {
            StreamTrim::MaxLen { .. } => "maxlen",
            StreamTrim::MinAge { .. } => "max_age",
        };
        let careful = groups.iter().filter(|it| it.ack == Acknowledge::After);
        let names: Vec<String> = careful.map(|it| format!("`{}`", it.name)).collect();
        if names.is_empty() {
            continue;
        }
        let stream = subject.key_field(key, "stream");
        let place = stream.and_then(|stream| stream.get(bound));
        let message = format!(
            "`{bound}` drops entries of `{}` that {} {} not dealt with",
            key.name,
            words::listed(&names),
            if names.len() == 1 { "has" } else { "have" }
        );
        found
            .at(place.map_or(key.span, |node| node.span), message)
            .label("whether or not they are acknowledged")
            .help(
                "bound the stream by its `ttl:` alone, or write `ack: before` of groups whose entries may be lost, or say \
                 why none is so far behind: `allow: { L413: the reason }`",
            );
    }
}
