//! Which older versions are of which newer schema.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::Version;

/// Newer schemas beside their older versions. An older version is one of a newer schema if it has the name or the file,
/// or if there is nothing else.
#[derive(Debug)]
pub(crate) struct Pairs<'v> {
    /// Every newer schema with its older versions.
    pub(crate) both: Vec<(&'v Version, Vec<&'v Version>)>,
    /// Older ones of which there is no newer version.
    pub(crate) gone: Vec<&'v Version>,
}

impl<'v> Pairs<'v> {
    pub(crate) fn of(newer: &'v [Version], older: &'v [Version]) -> Self {
        if let ([new], [old]) = (newer, older) {
            return Self {
                both: vec![(new, vec![old])],
                gone: Vec::new(),
            };
        }
        let (mut names, mut files) = (HashMap::new(), HashMap::new());
        for (at, old) in older.iter().enumerate() {
            names.entry(old.name()).or_insert_with(Vec::new).push(at);
            if let Some(file) = old.file.as_deref() {
                files.entry(file).or_insert_with(Vec::new).push(at);
            }
        }
        let both = newer.iter().map(|new| {
            let named = names.get(new.name());
            let placed = new.file.as_deref().and_then(|file| files.get(file));
            // In the order of the older ones, each once.
            let found: BTreeSet<usize> =
                named.into_iter().chain(placed).flatten().copied().collect();
            (new, found.into_iter().map(|at| &older[at]).collect())
        });
        let names: HashSet<&str> = newer.iter().map(Version::name).collect();
        let files: HashSet<&Path> = newer.iter().filter_map(|new| new.file.as_deref()).collect();
        let is_there = |old: &&Version| {
            let is_placed = old.file.as_deref().is_some_and(|file| files.contains(file));
            names.contains(old.name()) || is_placed
        };
        Self {
            both: both.collect(),
            gone: older.iter().filter(|old| !is_there(old)).collect(),
        }
    }
}
