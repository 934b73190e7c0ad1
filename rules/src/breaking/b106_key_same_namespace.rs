//! # B106 KEY_SAME_NAMESPACE
//!
//! The prefix of a key changed, or the variable that sets it. Everything under the old prefix is out of reach at once.
//! A new variable leaves every installation that sets the old one at the default. Rename the keys, or keep the old
//! prefix until they have expired.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! prefix: "shop:"
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
//! prefix: "store:"
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! prefix: { default: "shop:", env: SHOP_PREFIX }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! prefix: { default: "shop:", env: SHOP_PREFIX }
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
//! prefix: { default: "shop:", env: STORE_PREFIX }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! prefix: { default: "shop:", env: SHOP_PREFIX }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::holds::is_of_holds;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B106" "KEY_SAME_NAMESPACE",
        "what stands before a key changed",
        Storage,
        [Readers, OldProcesses, Data],
        "b106_key_same_namespace.rs"
    ),
    claims: &["key.prefix.*"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if is_of_holds(change) {
        return Verdict::NotMine;
    }
    let is_variable = change.what.ends_with(".env");
    // Nobody can have set a variable that was not there.
    if is_variable && change.old == "none" {
        return Verdict::Harmless;
    }
    let fix = if is_variable {
        format!(
            "keep reading `{}`, or set the new variable wherever the old one is set",
            change.old
        )
    } else {
        format!(
            "keep `{}`, or rename every key below it before anything reads the new names",
            change.old
        )
    };
    Break::new(Deploy::StopTheWorld, fix).verdict()
}
