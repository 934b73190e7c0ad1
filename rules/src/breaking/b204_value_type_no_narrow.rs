//! # B204 VALUE_TYPE_NO_NARROW
//!
//! The new type does not hold every value of the old one: a number has fewer bits, free text became a closed list, text
//! became a number. New readers refuse what old programs wrote. Keep the wide type, or check and rewrite the data
//! first.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: i64 } }
//! ```
//!
//! ```yaml after
//! # found at cart.total
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: i32 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: i64, count: u32? } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, counter: i64 }
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
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, counter: i64 }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::width::{self, Width, width};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B204" "VALUE_TYPE_NO_NARROW",
        "a type that refuses values which may be stored",
        Storage,
        [Readers],
        "b204_value_type_no_narrow.rs"
    ),
    claims: width::CLAIMS,
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.types else {
        return Verdict::NotMine;
    };
    let fix = match width(old, new, comparison) {
        Width::Widens => return Verdict::NotMine,
        Width::Narrows => format!(
            "keep `{}` until no value is outside of `{}`",
            change.old, change.new
        ),
        Width::Differs => {
            let name = change.path.rsplit('.').next().unwrap_or_default();
            format!(
                "put the `{}` beside it under another name, write both, and drop `{name}` later",
                change.new
            )
        }
    };
    Break::new(Deploy::DualWrite, fix).verdict()
}
