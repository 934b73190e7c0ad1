//! Findings that say the same of many things, told once.

use super::{Changes, Shown};

/// Paths named in a group.
const NAMED: usize = 4;

/// Findings alike in all but what they are about.
pub(super) struct Group<'a> {
    pub(super) first: &'a Shown,
    pub(super) paths: Vec<String>,
}

/// Groups in the order of their first finding. What is about a single thing is a group of its own.
pub(super) fn groups(changes: &Changes) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut index = std::collections::HashMap::new();
    let many = changes.schemas.len() > 1;
    for one in &changes.shown {
        let finding = one.finding();
        let alike = (
            finding.code.as_str(),
            finding.what.as_str(),
            (finding.old.as_str(), finding.new.as_str()),
            one.terms(),
            one.schema.as_str(),
        );
        let path = if many {
            format!("{}: {}", one.schema, finding.path)
        } else {
            finding.path.clone()
        };
        let at = *index.entry(alike).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.paths.push(path),
            None => groups.push(Group {
                first: one,
                paths: vec![path],
            }),
        }
    }
    groups
}

impl Group<'_> {
    /// The paths, the first few by name.
    pub(super) fn about(&self) -> String {
        let named = self
            .paths
            .iter()
            .take(NAMED)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        match self.paths.len().saturating_sub(NAMED) {
            0 => named,
            more => format!("{named} and {more} more"),
        }
    }
}
