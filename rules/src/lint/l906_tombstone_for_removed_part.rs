//! # L906 TOMBSTONE_FOR_REMOVED_PART
//!
//! A field, a variant or a consumer group that goes from the schema stays in the data: until it is written anew or expires. A
//! tombstone keeps its name, so that no new one takes it over and is read out of what the old one left. What the newest released
//! version (`redis-schema release`) had and is gone has one; what was renamed says so by `was:`. Messages leave nothing behind.
//! Without a released version the rule has nothing to go by.
//!
//! ```yaml released
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types:
//!   Step: { one_of: { opened: {}, paid: { cents: u64 } } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, hash: { at: timestamp_ms, note: string? } }
//!   last_step: { key: "cart:{id}:step", ttl: 1h, string: json<Step> }
//! ```
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types:
//!   Step: { one_of: { opened: {} } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, hash: { at: timestamp_ms } }
//!   last_step: { key: "cart:{id}:step", ttl: 1h, string: json<Step> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types:
//!   Step: { one_of: { opened: {} } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, hash: { at: timestamp_ms } }
//!   last_step: { key: "cart:{id}:step", ttl: 1h, string: json<Step> }
//! tombstones:
//!   cart_note: { field: cart.note, removed_in: 2 }
//!   step_paid: { variant: Step.paid, removed_in: 2 }
//! ```

use std::collections::BTreeSet;

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L906" "TOMBSTONE_FOR_REMOVED_PART",
    "a released field, variant or group that went without a trace",
    Standard,
    "l906_tombstone_for_removed_part.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let mut told = BTreeSet::new();
    for part in subject.gone_parts() {
        if !told.insert((part.kind, part.path.clone())) {
            continue;
        }
        let name = part.path.replace(['.', '-'], "_").to_lowercase();
        found
            .at(
                subject.tombstone_place(),
                format!("the {} `{}` was released and is gone", part.kind, part.path),
            )
            .label("no tombstone keeps its name")
            .help(format!(
                "write `tombstones: {{ {name}: {{ {}: {}, removed_in: {} }} }}`",
                part.kind, part.path, subject.schema.version
            ));
    }
}
