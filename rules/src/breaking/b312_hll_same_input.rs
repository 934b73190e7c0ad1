//! # B312 HLL_SAME_INPUT
//!
//! A HyperLogLog knows no values, only what their bytes hashed to. The same thing in another text counts twice, so the
//! estimate of an existing key is wrong until it expires. Begin a new key. Of bitmaps speaks `B314`.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hyperloglog: u64 }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hyperloglog: uuid }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hyperloglog: u64 }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::width::{Width, width};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B312" "HLL_SAME_INPUT",
        "what a counter of distinct values was fed with changed",
        Storage,
        [Readers],
        "b312_hll_same_input.rs"
    ),
    claims: &["element.type.kind"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.types else {
        return Verdict::NotMine;
    };
    // What was fed in before keeps its text.
    if width(old, new, comparison) == Width::Widens {
        return Verdict::Harmless;
    }
    Break::new(
        Deploy::WritersFirst,
        "count in a key of its own from now on",
    )
    .verdict()
}
