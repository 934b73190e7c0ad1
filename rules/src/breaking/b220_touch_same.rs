//! # B220 TOUCH_SAME
//!
//! A field was set to the time of the server by every write, and no longer is, or is from now on. While old and new
//! programs write the same records, it says when some of them were changed and not others. Whatever goes by it (clean-
//! up, caches, lists in order of change) is wrong by as much. Let nothing read the field until no old program runs.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, at: { type: timestamp_ms, touch: on_write } } }
//! ```
//!
//! ```yaml after
//! # found at cart.at
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, at: timestamp_ms } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, at: { type: timestamp_ms, touch: on_write } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B220" "TOUCH_SAME",
        "a moment is no longer kept by every write",
        Rolling,
        [Readers],
        "b220_touch_same.rs"
    ),
    claims: &["field.touch", "entry.field.touch", "message.field.touch"],
    judge,
};

fn judge(_: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = "let nothing go by the field until no program of the old version runs";
    Break::new(Deploy::WritersFirst, fix).verdict()
}
