//! # B102 KEY_SAME_TEMPLATE
//!
//! The text of a template changed, so that the same parameters lead to another key. Data under the old names cannot be
//! found any more and looks as if it had never been there; during a roll-out old and new programs each see half of it.
//! Rename the data first, or read both names until the old one has expired. Renaming a placeholder is no such change as long
//! as the new one says `was:`; only metrics notice (`B607`).
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
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
//! params: { id: uuid }
//! keys:
//!   cart: { key: "carts:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: { type: uuid, about: The cart } }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Sides, Verdict, breaking};

use super::holds::is_of_holds;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B102" "KEY_SAME_TEMPLATE",
        "the text of a key's template changed",
        Storage,
        [Readers, OldProcesses, Data],
        "b102_key_same_template.rs"
    ),
    claims: &["key.template.literals"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if is_of_holds(change) {
        return Verdict::NotMine;
    }
    let Sides::Key { old: Some(old), .. } = change.sides else {
        return Verdict::NotMine;
    };
    let fix = match old.lifetime.longest_ms() {
        Some(ms) => format!(
            "read both names and write the new one for {}, then drop the old one",
            crate::facts::duration(ms)
        ),
        None => "rename the keys on the server before anything reads the new name".to_owned(),
    };
    Break::new(Deploy::DualWrite, fix).verdict()
}
