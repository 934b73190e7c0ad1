//! # B114 KEY_PATTERN_SAME_SCOPE
//!
//! A group is what `invalidate` removes. When it gathers more keys than before, removing it removes data that was safe;
//! when it gathers fewer, what is left behind is read although it should be gone. A key that is new belongs to nobody
//! yet and changes nothing. Make a second group instead.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid, owner: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//!   stamp: { key: "stamp:{owner}", ttl: 24h, string: bytes }
//! groups: { of_one: { by: id } }
//! ```
//!
//! ```yaml after
//! # found at groups.of_one
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, owner: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//!   stamp: { key: "stamp:{owner}", ttl: 24h, string: bytes }
//! groups: { of_one: { by: owner } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, owner: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: bytes }
//!   stamp: { key: "stamp:{owner}", ttl: 24h, string: bytes }
//!   mark: { key: "mark:{id}", ttl: 24h, string: bytes }
//! groups: { of_one: { by: id } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B114" "KEY_PATTERN_SAME_SCOPE",
        "a group gathers other keys than before",
        Storage,
        [Readers, Data],
        "b114_key_pattern_same_scope.rs"
    ),
    claims: &["group.by", "group.members"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let name = change.path.trim_start_matches("groups.");
    let (Some(old), Some(new)) = (
        comparison.old.groups.get(name),
        comparison.new.groups.get(name),
    ) else {
        return Verdict::NotMine;
    };
    let by = comparison.param_now(&old.by).unwrap_or(&old.by);
    if by != new.by && change.what == "group.members" {
        return Verdict::Harmless;
    }
    if by != new.by {
        return said(format!(
            "keep `by: {}`, and gather by `{}` in a group of its own",
            old.by, new.by
        ));
    }
    if change.what == "group.by" {
        return Verdict::Harmless;
    }
    // Keys that came or went say so themselves; what matters is one that was there all the time.
    let was: Vec<&str> = old
        .members
        .iter()
        .filter_map(|key| comparison.key_now(key))
        .collect();
    let is_old = |key: &&String| comparison.old.keys.contains_key(*key);
    let gained = new
        .members
        .iter()
        .filter(is_old)
        .find(|key| !was.contains(&key.as_str()));
    let lost = was
        .iter()
        .find(|key| !new.members.iter().any(|now| now == *key));
    match (gained, lost) {
        (Some(key), _) => said(format!(
            "`{key}` is now removed with the others: make a second group if that is not wanted"
        )),
        (None, Some(key)) => said(format!(
            "`{key}` now stays when the group is removed: remove it by itself"
        )),
        (None, None) => Verdict::Harmless,
    }
}

fn said(fix: String) -> Verdict {
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
