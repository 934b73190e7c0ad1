//! # B201 STRUCT_SAME_TYPE
//!
//! The key holds another structure. Commands of the new one on old data fail with `WRONGTYPE`, and so do those of old
//! programs on new data; a counter under which text lies fails as well. Nothing converts by itself: use a new key and
//! move the data over, or wait until the old keys have expired.
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

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

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
    let fix = format!(
        "declare the {} as a key of its own, write both, and drop the {} when nothing reads it",
        change.new, change.old
    );
    Break::new(Deploy::DualWrite, fix).verdict()
}
