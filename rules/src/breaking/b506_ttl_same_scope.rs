//! # B506 TTL_SAME_SCOPE
//!
//! A field of a hash got a lifetime of its own, lost it, or has another one. Old programs that write the field drop
//! its lifetime or set the old one; a field that begins to expire is missing for readers that knew it only to be
//! there.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! server: { min: "7.4" }
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, hash: { name: string, code: string? } }
//! ```
//!
//! ```yaml after
//! # found at job.code
//! edition: 1
//! schema: shop
//! version: 2
//! server: { min: "7.4" }
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, hash: { name: string, code: { type: string?, ttl: 5m } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! server: { min: "7.4" }
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, hash: { name: string, code: { type: string?, about: Sent to them } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B506" "TTL_SAME_SCOPE",
        "fields expire by themselves, or no longer do",
        Rolling,
        [OldProcesses, Data, Operations],
        "b506_ttl_same_scope.rs"
    ),
    claims: &["**.field.ttl", "key.field_ttl"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.old == change.new {
        return Verdict::Harmless;
    }
    Break::new(
        Deploy::ReadersFirst,
        "stop the old programs before the new ones write; lifetimes of fields want a server of 7.4 or later",
    )
    .verdict()
}
