//! # B505 TTL_SAME_POLICY
//!
//! The lifetime starts at another moment: with the first write instead of the last, with a read, at the end of the day,
//! or by another variable. Old programs go on by their rule on the same keys, so that a key that one keeps alive the
//! other lets go. Jitter only spreads when keys go and concerns whoever watches memory.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, on_write: refresh }, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, on_write: keep }, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, on_read: refresh }, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, jitter: 10% }, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { at: end_of_day }, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, range: 10m..1h }, string: bytes }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, env: CART_TTL }, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, env: BASKET_TTL }, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: { default: 1h, env: CART_TTL }, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::window::differs;
use crate::facts::TtlRule;
use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B505" "TTL_SAME_POLICY",
        "what decides how long a key lives changed",
        Rolling,
        [OldProcesses, Data],
        "b505_ttl_same_policy.rs"
    ),
    claims: &[
        "key.lifetime.rule",
        "key.lifetime.on_write",
        "key.lifetime.refresh_on_read",
        "key.lifetime.jitter_permille",
        "key.lifetime.env",
    ],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.key() else {
        return Verdict::NotMine;
    };
    if differs(change) {
        return Verdict::NotMine;
    }
    let keep = |what: &str| format!("keep {what} until no program of the old version runs");
    let said = match change.what.as_str() {
        "key.lifetime.rule" => match (old.lifetime.rule, new.lifetime.rule) {
            (TtlRule::AfterMs(_), TtlRule::AfterMs(_))
            | (TtlRule::None, _)
            | (_, TtlRule::None) => {
                return Verdict::NotMine;
            }
            _ => Break::new(Deploy::WritersFirst, keep(&change.old)),
        },
        "key.lifetime.env" if change.old == "none" => return Verdict::Harmless,
        "key.lifetime.env" => Break::new(
            Deploy::Any,
            format!(
                "keep reading `{}`, or set the new variable wherever it is set",
                change.old
            ),
        )
        .level(Level::Ops)
        .who(&[Who::Operations]),
        "key.lifetime.jitter_permille" => Break::new(
            Deploy::Any,
            "see that no moment matters at which many keys go together",
        )
        .level(Level::Ops)
        .who(&[Who::Operations]),
        "key.lifetime.on_write" => Break::new(
            Deploy::WritersFirst,
            keep(&format!("`on_write: {}`", change.old)),
        ),
        _ => Break::new(Deploy::WritersFirst, keep("what a read does")),
    };
    said.verdict()
}
