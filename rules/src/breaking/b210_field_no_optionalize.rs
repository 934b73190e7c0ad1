//! # B210 FIELD_NO_OPTIONALIZE
//!
//! What had to be there may now be absent. Programs of the old version fail on data without it. Roll out to every
//! reader before anything leaves it out.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, state: slug } }
//! ```
//!
//! ```yaml after
//! # found at cart.state
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, state: slug? } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64, state: slug, note: slug? } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use crate::facts::Ty;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B210" "FIELD_NO_OPTIONALIZE",
        "something that old programs need may now be absent",
        Rolling,
        [OldProcesses],
        "b210_field_no_optionalize.rs"
    ),
    claims: &["*.type.optional"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, Ty::Option(_))) = change.types else {
        return Verdict::NotMine;
    };
    let had_default = change.field().is_some_and(|(old, _)| old.default.is_some());
    if matches!(old, Ty::Option(_)) || had_default {
        return Verdict::Harmless;
    }
    let fix = "let every reader know that it may be absent before anything leaves it out";
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
