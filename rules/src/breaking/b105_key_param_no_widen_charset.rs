//! # B105 KEY_PARAM_NO_WIDEN_CHARSET
//!
//! A placeholder that held plain words may now hold `:`, `*` or braces. A pattern that means what lies below one value
//! (`cart:ann:*`) then reaches the keys of another (`ann:bob`), and a brace moves a key to another slot of a cluster. Old
//! programs pass over keys that they cannot take apart. Escape the values instead: a `string` with `encode: percent` does.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { owner: { type: slug, max: 64 } }
//! keys:
//!   cart: { key: "cart:{owner}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at {owner}
//! edition: 1
//! schema: shop
//! version: 2
//! params: { owner: { type: rest, max: 64 } }
//! keys:
//!   cart: { key: "cart:{owner}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { owner: { type: string, max: 64, encode: percent } }
//! keys:
//!   cart: { key: "cart:{owner}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::encoding::{Step, step};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B105" "KEY_PARAM_NO_WIDEN_CHARSET",
        "a placeholder may now hold signs that templates are made of",
        Storage,
        [OldProcesses, Data],
        "b105_key_param_no_widen_charset.rs"
    ),
    claims: &["param.ty"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.param() else {
        return Verdict::NotMine;
    };
    if step(&old.ty, &new.ty) != Step::WidensToSigns {
        return Verdict::NotMine;
    }
    if change.uses.is_empty() {
        return Verdict::Harmless;
    }
    let fix = format!(
        "make {} a `string` with `encode: percent`, so that such signs are escaped",
        change.path
    );
    Break::new(Deploy::ReadersFirst, fix).verdict()
}
