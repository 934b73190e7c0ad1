//! Breaks that somebody answers for, and records of that which accept nothing.

use std::collections::HashMap;

use crate::breaking::{Finding, Horizon, by_name, records};
use crate::day::Day;
use crate::facts::Accepted;
use crate::rule::Level;

/// What no record accepts, what one does, and what is wrong with the records.
type Applied = (Vec<Finding>, Vec<(Finding, Accepted)>, Vec<Finding>);

pub(super) fn apply(findings: Vec<Finding>, accept: &[Accepted], today: Day) -> Applied {
    let mut about = Vec::new();
    let mut open: Vec<(&Accepted, &str, bool)> = Vec::new();
    for record in accept {
        match by_name(&record.rule) {
            None => about.push(records::unknown(record)),
            Some(rule) => {
                let is_current = record
                    .expires
                    .parse::<Day>()
                    .is_ok_and(|last| today <= last);
                open.push((record, rule.meta.code, is_current));
            }
        }
    }
    let mut by_path: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, (record, code, _)) in open.iter().enumerate() {
        by_path.entry((code, &record.path)).or_default().push(at);
    }
    let mut used = vec![false; open.len()];
    let (mut left, mut accepted) = (Vec::new(), Vec::new());
    for finding in findings {
        let fitting = by_path.get(&(finding.code.as_str(), finding.path.as_str()));
        let mut is_accepted = None;
        for at in fitting.into_iter().flatten() {
            used[*at] = true;
            if let (record, _, true) = open[*at] {
                is_accepted = Some(record);
            }
        }
        match is_accepted {
            Some(record) => {
                if wants_migration(&finding) && record.migration.is_none() {
                    about.push(records::without_migration(record, &finding));
                }
                accepted.push((finding, record.clone()));
            }
            None => left.push(finding),
        }
    }
    for ((record, _, is_current), used) in open.into_iter().zip(used) {
        if !used {
            about.push(records::unused(record));
        } else if !is_current {
            about.push(records::expired(record));
        }
    }
    (left, accepted, about)
}

/// Whether a break stays until somebody mends the data.
#[must_use]
pub fn wants_migration(finding: &Finding) -> bool {
    finding.level == Level::Storage && finding.horizon == Horizon::Permanent
}
