//! # L401 COLLECTION_BOUNDED
//!
//! A list, set, sorted set, hash map, geo set or stream that neither expires nor drops old entries grows until the server has no memory
//! left, and so does a progress to which every report may add an item. It has a lifetime, or a stream a `maxlen` or `max_age`, or the reason why it cannot grow stands beside it:
//! `allow: { L401: one entry for each service }`.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   visitors: { key: visitors, ttl: { none: asked for every day }, set: uuid }
//!   seen: { key: seen, ttl: { none: asked for every day }, progress: { item: uuid, allow_unknown: true } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! keys:
//!   visitors: { key: visitors, ttl: 30d, set: uuid }
//!   shops:
//!     key: shops
//!     ttl: { none: read by every page }
//!     set: slug
//!     allow: { L401: The company has a dozen shops }
//! ```

use redis_schema_model::model::{Lifetime, Structure};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L401" "COLLECTION_BOUNDED",
    "a collection that can grow for ever",
    Standard,
    "l401_collection_bounded.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let grows = match &key.structure {
            Structure::List(_) => "list",
            Structure::Set(_) => "set",
            Structure::ZSet { .. } => "sorted set",
            Structure::HashMap { .. } => "hash map",
            Structure::Geo(_) => "geo set",
            Structure::Progress(progress) if progress.allow_unknown => "progress",
            Structure::Stream { trim: None, .. } => "stream",
            _ => continue,
        };
        if !matches!(key.lifetime, Lifetime::None { .. }) {
            continue;
        }
        let bound = if grows == "stream" {
            "give it a lifetime or a `maxlen:`"
        } else {
            "give it a lifetime"
        };
        found
            .at(
                key.span,
                format!("the {grows} `{}` can grow for ever", key.name),
            )
            .label("never expires, drops nothing")
            .help(format!(
                "{bound}, or say why it stays small: `allow: {{ L401: the reason }}`"
            ));
    }
}
