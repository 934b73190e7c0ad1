//! Parts that are said to be gone: whether that is still said, or one of the name is there again.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Difference;

/// What speaks of tombstones of parts; two rules share it.
pub(in crate::breaking) const CLAIMS: &[&str] = &[
    "field.tombstone",
    "variant.tombstone",
    "key.structure.group.tombstone",
];
/// Said of what has the name of something that was gone.
pub(in crate::breaking) const AGAIN: &str = "there again";
/// Said where nothing is.
pub(in crate::breaking) const NOTHING: &str = "none";

/// Every tombstone that differs, by the name of what it buries.
pub(super) fn differences(
    what: &str,
    old: &BTreeMap<String, u32>,
    new: &BTreeMap<String, u32>,
    is_there: impl Fn(&str) -> bool,
) -> Vec<(String, Difference)> {
    let shown = |version: Option<&u32>| {
        version.map_or_else(
            || NOTHING.to_owned(),
            |version| format!("gone since {version}"),
        )
    };
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differing = names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name));
    differing
        .map(|name| {
            let again = old.contains_key(name) && is_there(name);
            let difference = Difference {
                what: what.to_owned(),
                old: shown(old.get(name)),
                new: match again {
                    true => AGAIN.to_owned(),
                    false => shown(new.get(name)),
                },
            };
            (name.clone(), difference)
        })
        .collect()
}
