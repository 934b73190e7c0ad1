//! # B116 PART_TOMBSTONE_NO_DELETE
//!
//! A tombstone says that data of an earlier version may still hold a field, a variant or a consumer group. Without it nothing keeps a
//! new one from being given the name, and from being read out of the old data. Take it away when that data has expired, or a migration
//! has gone over it, and say so in `accept:`.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types:
//!   Mood: { enum: [calm, angry], other: Unknown }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     hash: { at: timestamp_ms }
//!   mood: { key: "mood:{id}", ttl: 24h, string: Mood }
//!   steps: { key: "steps:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer] } }
//! tombstones:
//!   note: { field: cart.note, removed_in: 1 }
//!   sad: { variant: Mood.sad, removed_in: 1 }
//!   old: { group: steps.indexer, removed_in: 1 }
//! ```
//!
//! ```yaml after
//! # found at cart.note
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types:
//!   Mood: { enum: [calm, angry], other: Unknown }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     hash: { at: timestamp_ms }
//!   mood: { key: "mood:{id}", ttl: 24h, string: Mood }
//!   steps: { key: "steps:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer] } }
//! tombstones:
//!   sad: { variant: Mood.sad, removed_in: 1 }
//!   old: { group: steps.indexer, removed_in: 1 }
//! ```
//!
//! ```yaml after
//! # found at Mood.sad
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types:
//!   Mood: { enum: [calm, angry], other: Unknown }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     hash: { at: timestamp_ms }
//!   mood: { key: "mood:{id}", ttl: 24h, string: Mood }
//!   steps: { key: "steps:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer] } }
//! tombstones:
//!   note: { field: cart.note, removed_in: 1 }
//!   old: { group: steps.indexer, removed_in: 1 }
//! ```
//!
//! ```yaml after
//! # found at steps.groups.indexer
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types:
//!   Mood: { enum: [calm, angry], other: Unknown }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     hash: { at: timestamp_ms }
//!   mood: { key: "mood:{id}", ttl: 24h, string: Mood }
//!   steps: { key: "steps:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer] } }
//! tombstones:
//!   note: { field: cart.note, removed_in: 1 }
//!   sad: { variant: Mood.sad, removed_in: 1 }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types:
//!   Mood: { enum: [calm, angry], other: Unknown }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     hash: { at: timestamp_ms }
//!   mood: { key: "mood:{id}", ttl: 24h, string: Mood }
//!   steps: { key: "steps:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer] } }
//! tombstones:
//!   note: { field: cart.note, removed_in: 1 }
//!   sad: { variant: Mood.sad, removed_in: 1 }
//!   old: { group: steps.indexer, removed_in: 1 }
//!   more: { field: cart.more, removed_in: 2 }
//! ```

use super::walk::tombstones::{AGAIN, CLAIMS, NOTHING};
use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B116" "PART_TOMBSTONE_NO_DELETE",
        "a tombstone of a field, variant or group was taken away",
        Storage,
        [Data],
        "b116_part_tombstone_no_delete.rs"
    ),
    claims: CLAIMS,
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.old == NOTHING || change.new != NOTHING {
        // It is new, or says another version; one that is there again is told by B115.
        return if change.new == AGAIN {
            Verdict::NotMine
        } else {
            Verdict::Harmless
        };
    }
    let fix = format!(
        "put the tombstone of `{}` back until no data of that time is left",
        change.path
    );
    Break::new(Deploy::Any, fix)
        .horizon(change.horizon())
        .verdict()
}
