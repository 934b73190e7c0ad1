//! # B205 VALUE_TYPE_NO_WIDEN
//!
//! The new type holds every old value and more. Whatever is stored is read, but a program of the old version that meets
//! a new value fails: during the roll-out, and after going back. Roll out to every reader before anything writes such
//! values.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: i32 } }
//! ```
//!
//! ```yaml after
//! # found at cart.total
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: i64 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: i32, grand_total: i64? } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::width::{self, Width, width};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B205" "VALUE_TYPE_NO_WIDEN",
        "a type that holds values which old programs refuse",
        Rolling,
        [OldProcesses],
        "b205_value_type_no_widen.rs"
    ),
    claims: width::CLAIMS,
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.types else {
        return Verdict::NotMine;
    };
    if width(old, new, comparison) != Width::Widens {
        return Verdict::NotMine;
    }
    let fix = format!(
        "let every reader know `{}` before anything writes a value outside of `{}`",
        change.new, change.old
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
