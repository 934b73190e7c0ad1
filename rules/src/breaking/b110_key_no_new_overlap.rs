//! # B110 KEY_NO_NEW_OVERLAP
//!
//! A new key can have the same name as keys that are still on the server from one that is gone or was renamed, or that
//! somebody else goes on writing. What lies there is read as the new type, or fails with `WRONGTYPE`. `check` proves that the keys of one version do not
//! meet; it cannot see those of an earlier one unless a tombstone tells. The same holds for a word that a placeholder
//! may no longer take because another key begins with it. Give the new key a prefix of its own.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", external: string }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at basket
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   basket: { key: "cart:{id}", ttl: 24h, string: "json<[uuid]>" }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", external: string }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//!   basket: { key: "basket:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { queue: { type: slug, max: 20 }, job: { type: slug, max: 20 } }
//! keys:
//!   job: { key: "q:{queue}:{job}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at job
//! edition: 1
//! schema: shop
//! version: 2
//! params: { queue: { type: slug, max: 20 }, job: { type: slug, max: 20 } }
//! keys:
//!   job: { key: "q:{queue}:{job}", ttl: 24h, string: bytes }
//!   waiting: { key: "q:{queue}:wait", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { queue: { type: slug, max: 20 }, job: { type: slug, max: 20 } }
//! keys:
//!   job: { key: "q:{queue}:{job}", ttl: 24h, string: bytes }
//!   waiting: { key: "waiting:{queue}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Sides, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B110" "KEY_NO_NEW_OVERLAP",
        "a new key may name what an earlier one left behind",
        Storage,
        [Readers, Data],
        "b110_key_no_new_overlap.rs"
    ),
    claims: &["key.added", "key.reserved"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    match change.sides {
        Sides::Key {
            old: None,
            new: Some(new),
        } => {
            let Some((name, old)) = comparison.left_behind(new) else {
                return Verdict::Harmless;
            };
            let fix = format!(
                "give it a name that `{}` of `{name}` cannot have had",
                old.template.text
            );
            Break::new(Deploy::StopTheWorld, fix)
                .horizon(Horizon::of(old))
                .verdict()
        }
        Sides::Key { old: Some(old), .. } => reserved(change, old),
        _ => Verdict::NotMine,
    }
}

/// A word that a placeholder took is now another key's.
fn reserved(change: &Change<'_>, old: &crate::facts::Key) -> Verdict {
    let before: Vec<&str> = old.reserved.iter().map(String::as_str).collect();
    let now = change.new.split(", ").filter(|word| *word != "none");
    let taken: Vec<&str> = now.filter(|word| !before.contains(word)).collect();
    if taken.is_empty() {
        return Verdict::Harmless;
    }
    let fix = format!(
        "give the other key a name of its own: `{}` can be no value any more, and what lies under it is out of reach",
        taken.join("`, `")
    );
    Break::new(Deploy::StopTheWorld, fix).verdict()
}
