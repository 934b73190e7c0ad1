//! # B217 CONSTRAINT_NO_TIGHTEN
//!
//! A range became smaller, a text may be less long, or a field is now bounded by another. Values beyond the new bound
//! are stored, and are refused when they are read or added to. Rewrite them first, or keep the bound and refuse new
//! values in the program.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { percent: { type: u8, range: 0..100 } } }
//! ```
//!
//! ```yaml after
//! # found at cart.percent
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { percent: { type: u8, range: 1..100 } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { percent: { type: u8, range: 0..100 }, note: { type: string?, max: 10 } } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! types: { Label: { type: string, max: 100 } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: Label }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Label: { type: string, max: 50 } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: Label }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! types: { Label: { type: string, max: 100 } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: Label }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::bounds::{self, Moved, moved};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B217" "CONSTRAINT_NO_TIGHTEN",
        "a bound that stored values may break",
        Storage,
        [Readers],
        "b217_constraint_no_tighten.rs"
    ),
    claims: bounds::CLAIMS,
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if moved(change) != Some(Moved::Tighter) {
        return Verdict::NotMine;
    }
    let fix = format!(
        "keep the bound at {} until every stored value is within {}",
        change.old, change.new
    );
    Break::new(Deploy::WritersFirst, fix).verdict()
}
