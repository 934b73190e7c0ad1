//! # B216 DEFAULT_SAME
//!
//! The default of a field changed. Stored data that lacks the field meant one thing and now means another, and old
//! programs still go by the old one. Write the field wherever it is absent first, or keep the default and let callers
//! say the new value.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, tries: { type: u8, default: 3 } } }
//! ```
//!
//! ```yaml after
//! # found at cart.tries
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, tries: { type: u8, default: 5 } } }
//! ```
//!
//! ```yaml after
//! # found at cart.tries
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, tries: u8? } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, tries: { type: u8, default: 3 }, more: { type: u8, default: 5 } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B216" "DEFAULT_SAME",
        "data without a field means something else",
        Storage,
        [Readers],
        "b216_default_same.rs"
    ),
    claims: &["field.default"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((_, new)) = change.field() else {
        return Verdict::NotMine;
    };
    match (change.old.as_str(), change.new.as_str()) {
        // Until now its absence was refused, or told as absence by a type that still may be absent.
        ("none", _) => Verdict::Harmless,
        (_, "none") if !new.may_be_absent() => Verdict::NotMine,
        (old, _) => {
            let fix =
                format!("keep `default: {old}`, or write the field wherever it is absent first");
            Break::new(Deploy::DualWrite, fix).verdict()
        }
    }
}
