//! Which things of two versions are the same: by name, else by a declared rename. Nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Thing;

/// A thing of the old version, of the new, or of both.
#[derive(Debug)]
pub(super) struct Pair<'a, T> {
    pub(super) old: Option<(&'a str, &'a T)>,
    pub(super) new: Option<(&'a str, &'a T)>,
}

impl<T> Clone for Pair<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pair<'_, T> {}

impl<'a, T> Pair<'a, T> {
    /// The name it has now, else the one it had.
    pub(super) fn name(&self) -> &'a str {
        self.new.or(self.old).map_or("", |(name, _)| name)
    }

    pub(super) fn both(&self) -> Option<(&'a T, &'a T)> {
        Some((self.old?.1, self.new?.1))
    }

    /// The two names of a thing that was renamed.
    pub(super) fn renamed(&self) -> Option<(&'a str, &'a str)> {
        let (old, new) = (self.old?.0, self.new?.0);
        (old != new).then_some((old, new))
    }
}

/// Every thing of either version once, by its name now, those that are gone last.
pub(super) fn pairs<'a, T: Thing>(
    old: &'a BTreeMap<String, T>,
    new: &'a BTreeMap<String, T>,
) -> Vec<Pair<'a, T>> {
    let (mut taken, mut renamed) = (BTreeMap::<&str, &str>::new(), BTreeSet::<&str>::new());
    for (name, thing) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let earlier = thing.was().iter().filter_map(|was| old.get_key_value(was));
        let mut gone = earlier.filter(|(was, _)| !new.contains_key(*was));
        if let Some((was, _)) = gone.find(|(was, _)| !renamed.contains(was.as_str())) {
            taken.insert(name, was);
            renamed.insert(was);
        }
    }
    let mut out: Vec<Pair<'a, T>> = new
        .iter()
        .map(|(name, thing)| {
            let before = taken.get(name.as_str()).copied().unwrap_or(name);
            let old = old
                .get_key_value(before)
                .map(|(name, old)| (name.as_str(), old));
            Pair {
                old,
                new: Some((name.as_str(), thing)),
            }
        })
        .collect();
    let gone = old
        .iter()
        .filter(|(name, _)| !new.contains_key(*name) && !renamed.contains(name.as_str()));
    out.extend(gone.map(|(name, thing)| Pair {
        old: Some((name.as_str(), thing)),
        new: None,
    }));
    out
}
