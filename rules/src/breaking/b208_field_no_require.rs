//! # B208 FIELD_NO_REQUIRE
//!
//! A field that could be absent must now be there, or lost the default that stood in for it. Reads of data without it
//! fail. Fill the field in all data first, or keep it optional.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, note: string? } }
//! ```
//!
//! ```yaml after
//! # found at cart.note
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, note: string } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, note: string?, other: string? } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: { type: u64, default: 0 }, note: string? } }
//! ```
//!
//! ```yaml after
//! # found at cart.total
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
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: { type: u64, default: 0 }, note: string? } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use crate::facts::Ty;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B208" "FIELD_NO_REQUIRE",
        "something that may be absent in stored data must now be there",
        Storage,
        [Readers],
        "b208_field_no_require.rs"
    ),
    claims: &["*.type.optional", "field.default"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let lost = match change.types {
        Some((Ty::Option(_), new)) => !matches!(new, Ty::Option(_)),
        Some(_) => false,
        None => change.new == "none" && change.field().is_some_and(|(_, new)| !new.may_be_absent()),
    };
    if !lost {
        return Verdict::NotMine;
    }
    let fix = "keep it as it was until every stored value has it";
    Break::new(Deploy::WritersFirst, fix).verdict()
}
