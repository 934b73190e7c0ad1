//! # B113 KEY_ALIAS_NO_EARLY_DROP
//!
//! A field was read under its earlier names too, and one of them is gone from `was:`. Data that nobody has rewritten
//! since the rename has the field under that name only; it is now read as absent. Keep the name until all such data has
//! expired or was migrated.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: { type: u64, was: [sum] } } }
//! ```
//!
//! ```yaml after
//! # found at cart.total
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: u64 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, hash: { total: { type: u64, was: [sum, amount] } } }
//! ```

use super::{Break, Change, Class, Comparison, Deploy, Rule, Verdict, breaking};

use crate::rule::Level;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B113" "KEY_ALIAS_NO_EARLY_DROP",
        "a field is no longer read under an earlier name",
        Storage,
        [Readers, Data],
        "b113_key_alias_no_early_drop.rs"
    ),
    claims: &["field.was", "entry.field.was", "message.field.was"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.field() else {
        return Verdict::NotMine;
    };
    let dropped: Vec<&str> = old
        .was
        .iter()
        .filter(|name| !new.was.contains(name) && !change.path.ends_with(&format!(".{name}")))
        .map(String::as_str)
        .collect();
    if dropped.is_empty() {
        return Verdict::Harmless;
    }
    let fix = format!(
        "put `{}` back into `was:` until no data has the field under it",
        dropped.join("`, `")
    );
    let said = Break::new(Deploy::Any, fix);
    match change.class() {
        Class::Message => said.level(Level::Rolling).verdict(),
        Class::Rest | Class::Entry => said.verdict(),
    }
}
