//! # B201 STRUCT_SAME_TYPE
//!
//! The key holds another structure. Commands of the new one on old data fail with `WRONGTYPE`, and so do those of old
//! programs on new data; a counter under which text lies fails as well. Nothing converts by itself: use a new key and
//! move the data over, or wait until the old keys have expired. Only a counter and a string of the same integer are one.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: uuid }
//!   line: { key: "line:{id}", ttl: 24h, list: uuid }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, list: uuid }
//!   line: { key: "line:{id}", ttl: 24h, list: uuid }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, set: uuid }
//!   line: { key: "line:{id}", ttl: 24h, list: uuid }
//!   lines: { key: "lines:{id}", ttl: 24h, list: uuid }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: i64 }
//!   hits: { key: "hits:{id}", ttl: 24h, counter: u32 }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, counter: u32 }
//!   hits: { key: "hits:{id}", ttl: 24h, counter: u32 }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, counter: i64 }
//!   hits: { key: "hits:{id}", ttl: 24h, counter: u32 }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use crate::facts::{Structure, Ty};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B201" "STRUCT_SAME_TYPE",
        "another data structure lies under the key",
        Storage,
        [Readers, OldProcesses],
        "b201_struct_same_type.rs"
    ),
    claims: &["key.structure.kind"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let pair = change.key();
    if pair.is_some_and(|(old, new)| is_one_number(&old.structure, &new.structure)) {
        return Verdict::Harmless;
    }
    let fix = format!(
        "declare the {} as a key of its own, write both, and drop the {} when nothing reads it",
        change.new, change.old
    );
    Break::new(Deploy::DualWrite, fix).verdict()
}

/// Whether a counter and a string hold the same integers: the server knows no counters, only strings of digits.
fn is_one_number(old: &Structure, new: &Structure) -> bool {
    use Structure::{Counter, String};
    let ((Counter { ty }, String { value }) | (String { value }, Counter { ty })) = (old, new)
    else {
        return false;
    };
    let is_digits = matches!(value.codec.as_str(), "text" | "json") && value.zstd_over.is_none();
    // A counter counts within 63 bits and a sign, which the largest type of strings exceeds.
    let is_countable = matches!(ty, Ty::Signed(_) | Ty::Unsigned(..=32));
    is_digits && is_countable && value.ty == *ty
}
