//! Released versions: which of them still matter, and what a schema owes to the newest.

use crate::breaking::{Comparison, Finding, Horizon, covers, records};
use crate::day::Day;
use crate::facts::{Facts, Snapshot};

/// Differences that make no new version: they are of words, duties and limits, not of data or callers.
const UNVERSIONED: [&str; 7] = [
    "accept",
    "policy.*",
    "*.owner",
    "key.deprecated",
    "key.lifetime.reason",
    "key.lifetime.audit_ms",
    "schema.version",
];

/// The first difference from a released version that makes a new one, as the path to it.
#[must_use]
pub fn first_difference(released: &Facts, now: &Facts) -> Option<String> {
    let changes = Comparison::new(released, now).changes();
    changes
        .into_iter()
        .find(|change| {
            !UNVERSIONED
                .iter()
                .any(|pattern| covers(pattern, &change.what))
        })
        .map(|change| change.path)
}

/// What is wrong with the number of a version, given the newest that was released.
#[must_use]
pub fn number(newest: &Facts, now: &Facts) -> Option<Finding> {
    let (released, version) = (newest.schema.version, now.schema.version);
    if version < released {
        return Some(records::lowered(released, version));
    }
    if version > released {
        return None;
    }
    first_difference(newest, now).map(|path| records::not_raised(version, &path))
}

/// Until when a version's data may lie on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relevant<'a> {
    /// The version.
    pub snapshot: &'a Snapshot,
    /// The day the next one was released; `None` for the newest.
    pub superseded: Option<Day>,
}

/// The versions of which data may still be there, the newest first. One whose day is unknown counts.
#[must_use]
pub fn relevant(snapshots: &[Snapshot], today: Day) -> Vec<Relevant<'_>> {
    let mut by_version: Vec<&Snapshot> = snapshots.iter().collect();
    by_version.sort_by_key(|snapshot| snapshot.facts.schema.version);
    let mut out = Vec::new();
    let mut superseded = None;
    for snapshot in by_version.into_iter().rev() {
        if may_still_be_there(superseded, longest(&snapshot.facts), today) {
            out.push(Relevant {
                snapshot,
                superseded,
            });
        }
        superseded = snapshot.released.or(superseded);
    }
    out
}

impl Relevant<'_> {
    /// Whether a break by this version's data still matters today.
    #[must_use]
    pub fn still(&self, finding: &Finding, today: Day) -> bool {
        still(self.superseded, finding, today)
    }
}

/// Whether a break by data of a version still matters today, given the day from which a later one was written.
#[must_use]
pub fn still(superseded: Option<Day>, finding: &Finding, today: Day) -> bool {
    match finding.horizon {
        Horizon::Permanent
        | Horizon::Ttl {
            refreshed: true, ..
        } => true,
        Horizon::Instant => superseded.is_none(),
        Horizon::Ttl { ms, .. } => may_still_be_there(superseded, Some(ms), today),
    }
}

fn may_still_be_there(superseded: Option<Day>, lifetime_ms: Option<u64>, today: Day) -> bool {
    match (superseded, lifetime_ms) {
        (Some(day), Some(ms)) => today <= day.after_ms(ms),
        _ => true,
    }
}

/// The longest lifetime of a schema's keys; `None` when one never ends or is kept alive by use.
fn longest(facts: &Facts) -> Option<u64> {
    let each = facts.keys.values().map(|key| match Horizon::of(key) {
        Horizon::Ttl {
            ms,
            refreshed: false,
        } => Some(ms),
        Horizon::Instant => Some(0),
        Horizon::Ttl { .. } | Horizon::Permanent => None,
    });
    each.collect::<Option<Vec<u64>>>()
        .map(|all| all.into_iter().max().unwrap_or(0))
}
