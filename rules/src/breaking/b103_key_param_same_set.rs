//! # B103 KEY_PARAM_SAME_SET
//!
//! A placeholder was added to a template or taken out of it. The keys that exist have no value for the new one, or one
//! too many, so they cannot be found; and a scope that was one tenant's or one day's is now everybody's, or the other
//! way round. Rename the data with a mapping from the old names to the new, or read both until the old ones have
//! expired.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, day: date }
//! keys:
//!   cart: { key: "cart:{id}:{day}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, day: date }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   cart_of_day: { key: "cart_of:{day}:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::holds::is_of_holds;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B103" "KEY_PARAM_SAME_SET",
        "a template gained or lost a placeholder",
        Storage,
        [Readers, OldProcesses, Data],
        "b103_key_param_same_set.rs"
    ),
    claims: &["key.template.params"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if is_of_holds(change) {
        return Verdict::NotMine;
    }
    let fix = "say which value the placeholder has for the keys that exist, rename them, and read both names meanwhile";
    Break::new(Deploy::DualWrite, fix).verdict()
}
