//! # B218 CONSTRAINT_NO_LOOSEN
//!
//! A range became larger, or a text may be longer. Everything stored is still read; programs of the old version refuse
//! values beyond their bound. Roll out to every reader before anything writes such values.
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
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { percent: { type: u8, range: 0..200 } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { percent: { type: u8, range: 0..100 }, permille: { type: u16?, range: 0..1000 } } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::bounds::{self, Moved, moved};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B218" "CONSTRAINT_NO_LOOSEN",
        "values that old programs refuse",
        Rolling,
        [OldProcesses],
        "b218_constraint_no_loosen.rs"
    ),
    claims: bounds::CLAIMS,
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if moved(change) != Some(Moved::Looser) {
        return Verdict::NotMine;
    }
    let fix = format!(
        "let every reader know the bound {} before anything goes beyond {}",
        change.new, change.old
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
