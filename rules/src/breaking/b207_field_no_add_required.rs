//! # B207 FIELD_NO_ADD_REQUIRED
//!
//! A new field must be there, and nothing that is stored has it. Every read of old data fails. Make it optional or give
//! it a default.
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
//! # found at cart.state
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, state: slug } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, state: slug?, count: { type: u32, default: 0 } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Sides, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B207" "FIELD_NO_ADD_REQUIRED",
        "a field that stored data lacks",
        Storage,
        [Readers],
        "b207_field_no_add_required.rs"
    ),
    claims: &["field.added"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Sides::Field {
        old: None,
        new: Some(field),
    } = change.sides
    else {
        return Verdict::NotMine;
    };
    // A field that looks renamed is told where the old one went.
    if field.may_be_absent() || change.lookalike.is_some() {
        return Verdict::Harmless;
    }
    let fix = format!("make it `{}?`, or give it a `default:`", change.new);
    Break::new(Deploy::WritersFirst, fix).verdict()
}
