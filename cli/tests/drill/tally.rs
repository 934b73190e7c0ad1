//! What was tried, and what noticed it.

use std::collections::BTreeMap;

/// By kind of damage: how often it was done, and by what it was noticed.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    kinds: BTreeMap<&'static str, (usize, BTreeMap<String, usize>)>,
    missed: Vec<String>,
}

impl Tally {
    pub(crate) fn add(&mut self, kind: &'static str, place: &str, noticed: Option<String>) {
        let (tried, by) = self.kinds.entry(kind).or_default();
        *tried += 1;
        match noticed {
            Some(command) => *by.entry(command).or_default() += 1,
            None => self.missed.push(format!("{kind} at {place}")),
        }
    }

    /// Prints the table; everything must have been noticed.
    #[track_caller]
    pub(crate) fn finish(self, name: &str) {
        let total: usize = self.kinds.values().map(|(tried, _)| tried).sum();
        let mut table = format!("{name}: {total} done, {} missed\n", self.missed.len());
        for (kind, (tried, by)) in &self.kinds {
            let by: Vec<String> = by
                .iter()
                .map(|(name, count)| format!("{name} {count}"))
                .collect();
            table.push_str(&format!("  {kind:<36} {tried:>3}  {}\n", by.join(", ")));
        }
        println!("{table}");
        assert!(total >= 40, "{name}: only {total} could be done");
        assert!(self.missed.is_empty(), "missed: {:#?}", self.missed);
    }
}
