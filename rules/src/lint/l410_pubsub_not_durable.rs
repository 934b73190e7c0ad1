//! # L410 PUBSUB_NOT_DURABLE
//!
//! A message on a channel reaches whoever listens at that moment, and nobody else: a subscriber that is being restarted, or
//! whose connection was cut for a second, never gets it, and no server keeps it. If none may be lost, append entries to a
//! stream and read them by a group, which remembers how far each reader has come. A channel beside it may still wake the
//! readers.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! channels:
//!   orders: { channel: "orders:{id}", durability: durable, message: { fields: { order: uuid } } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types: { Ordered: { fields: { order: uuid } } }
//! keys:
//!   orders:
//!     key: "orders:{id}"
//!     ttl: 30d
//!     durability: durable
//!     stream:
//!       entry: Ordered
//!       groups: { workers: { min_idle: 60s, max_deliveries: 5, dead_letter: orders_failed } }
//!   orders_failed:
//!     key: "orders:{id}:failed"
//!     ttl: 30d
//!     durability: durable
//!     stream: { entry: Ordered, maxlen: 10000 }
//! channels:
//!   wake: { channel: "wake:{id}", durability: lossy, message: string }
//! ```

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L410" "PUBSUB_NOT_DURABLE",
    "a channel of which no message may be lost",
    Standard,
    "l410_pubsub_not_durable.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for channel in subject.schema.channels.iter().filter(|one| one.durable) {
        let declared = subject.declaration("channels", channel.name.as_str());
        let place = declared.and_then(|node| node.get("durability"));
        found
            .at(
                place.map_or(channel.span, |node| node.span),
                format!("no message of `{}` may be lost, and a channel keeps none", channel.name),
            )
            .label("only who listens at that moment gets it")
            .help("declare a key with `stream: { entry: …, groups: […] }` in its place, or write `durability: lossy`");
    }
}
