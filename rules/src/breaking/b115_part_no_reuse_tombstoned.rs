//! # B115 PART_NO_REUSE_TOMBSTONED
//!
//! A field, a variant or a consumer group took the name of one that a tombstone spoke of in the version before. Data of that time is
//! read as the new one: an old field as the new value, an old variant as the new meaning; a group goes on where the old one stopped
//! and passes over what lay before. `check` refuses this while the tombstone stands; here it was taken away in the same step. Choose
//! another name, or wait until nothing of that time is left.
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
//!     hash: { at: timestamp_ms, note: string? }
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
//!   Mood: { enum: [calm, angry, sad], other: Unknown }
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
//!   steps: { key: "steps:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer, indexer] } }
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
//!   Mood: { enum: [calm, angry, blue], other: Unknown }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     hash: { at: timestamp_ms, remark: string? }
//!   mood: { key: "mood:{id}", ttl: 24h, string: Mood }
//!   steps: { key: "steps:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer, finder] } }
//! tombstones:
//!   note: { field: cart.note, removed_in: 1 }
//!   sad: { variant: Mood.sad, removed_in: 1 }
//!   old: { group: steps.indexer, removed_in: 1 }
//! ```

use super::walk::tombstones::{AGAIN, CLAIMS, NOTHING};
use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B115" "PART_NO_REUSE_TOMBSTONED",
        "a field, variant or group of a tombstone is there again",
        Storage,
        [Readers, Data],
        "b115_part_no_reuse_tombstoned.rs"
    ),
    claims: CLAIMS,
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.new != AGAIN {
        return if change.old == NOTHING {
            Verdict::Harmless
        } else {
            Verdict::NotMine
        };
    }
    let fix = format!(
        "choose another name than `{}`, or keep the tombstone until no data of that time is left",
        change.path
    );
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(change.horizon())
        .verdict()
}
