//! # B702 ACCESSOR_SAME_SIGNATURE
//!
//! A parameter of a constructor, the type of a field or the methods of a handle changed, or a struct that callers fill
//! has a field more. Callers do not compile. Inside one repository the compiler says so in the same step; where the
//! generated code is published, its version must say so.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64 } }
//! ```
//!
//! ```yaml after
//! # found at cart.total
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u32 } }
//! ```
//!
//! ```yaml after
//! # found at cart.note
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, note: string? } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: { type: u64, was: [sum] } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use crate::facts::{OnWrite, Ty};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B702" "ACCESSOR_SAME_SIGNATURE",
        "something that callers pass or get has another type",
        Source,
        [Source],
        "b702_accessor_same_signature.rs"
    ),
    claims: &[
        "key.template.params",
        "channel.template.params",
        "param.ty",
        "param.rust",
        "*.type.*",
        "**.field.type.*",
        "message.value.type.*",
        "record.rust",
        "own_type.rust",
        "**.record.rust",
        "**.own_type.rust",
        "key.structure.kind",
        "field.added",
        "**.field.added",
        "unit.writes",
        "enum.other",
        "**.enum.other",
        "channel.sharded",
        "key.lifetime.on_write",
    ],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if !is_seen(change) {
        return Verdict::NotMine;
    }
    let fix = "raise the major version of the crate that carries the generated code";
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}

/// Whether callers see the difference in a signature.
fn is_seen(change: &Change<'_>) -> bool {
    match change.bare() {
        // A bound is held when the command is built.
        what if what.ends_with(".type.max") || what.ends_with(".type.range") => false,
        // Both are one type to callers.
        what if what.ends_with(".type.unit") => change
            .types
            .is_some_and(|(old, new)| matches!(old, Ty::Datetime) != matches!(new, Ty::Datetime)),
        // Handles of a key that is set once lack what would lengthen its lifetime.
        "key.lifetime.on_write" => change.key().is_some_and(|(old, new)| {
            let is_once = |key: &crate::facts::Key| {
                key.lifetime
                    .expiry
                    .as_ref()
                    .is_some_and(|one| one.on_write == OnWrite::SetOnce)
            };
            is_once(old) != is_once(new)
        }),
        _ => true,
    }
}
