//! Asks every rule about every change that it claims.

use std::collections::HashMap;

use super::{ALL, Change, Comparison, Finding, HARMLESS, Rule, Verdict, b001_change_classified};
use crate::facts::Facts;

/// What came of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What breaks, by code, then by path.
    pub findings: Vec<Finding>,
    /// How many differences there are, the harmless ones included.
    pub changes: usize,
}

/// Compares two versions of a schema.
#[must_use]
pub fn compare(old: &Facts, new: &Facts) -> Compared {
    let comparison = Comparison::new(old, new);
    let changes = comparison.changes();
    let mut asked: HashMap<&str, Vec<&'static Rule>> = HashMap::new();
    let mut findings = Vec::new();
    for change in &changes {
        let rules = asked
            .entry(&change.what)
            .or_insert_with(|| claimants(&change.what).collect());
        judge(change, rules, &comparison, &mut findings);
    }
    findings.sort_by(|a, b| (&a.code, &a.path, &a.what).cmp(&(&b.code, &b.path, &b.what)));
    Compared {
        findings,
        changes: changes.len(),
    }
}

fn judge(
    change: &Change<'_>,
    rules: &[&Rule],
    comparison: &Comparison<'_>,
    out: &mut Vec<Finding>,
) {
    let mut known = HARMLESS
        .iter()
        .any(|(pattern, _)| covers(pattern, &change.what));
    for rule in rules {
        match (rule.judge)(change, comparison) {
            Verdict::NotMine => {}
            Verdict::Harmless => known = true,
            Verdict::Breaks(said) => {
                // That callers no longer compile says nothing about what is stored.
                known |= rule.is_of_data();
                out.push(Finding::new(&rule.meta, change, said));
            }
        }
    }
    if !known {
        let said = b001_change_classified::unknown();
        out.push(Finding::new(
            &b001_change_classified::RULE.meta,
            change,
            said,
        ));
    }
}

/// The rules that judge a kind of difference.
pub fn claimants(what: &str) -> impl Iterator<Item = &'static Rule> {
    ALL.iter()
        .filter(move |rule| rule.claims.iter().any(|claim| covers(claim, what)))
}

/// Whether a claim covers a kind of difference: `*` stands for one part of a name, `**` for any number.
#[must_use]
pub fn covers(claim: &str, what: &str) -> bool {
    fn fits(claim: &[&str], what: &[&str]) -> bool {
        match (claim, what) {
            ([], []) => true,
            (["**", rest @ ..], _) => (0..=what.len()).any(|at| fits(rest, &what[at..])),
            (["*", claim @ ..], [_, what @ ..]) => fits(claim, what),
            ([one, claim @ ..], [other, what @ ..]) => one == other && fits(claim, what),
            _ => false,
        }
    }
    let claim: Vec<&str> = claim.split('.').collect();
    let what: Vec<&str> = what.split('.').collect();
    fits(&claim, &what)
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn claims_cover_parts_of_names() {
        for (claim, what, fits) in [
            ("key.removed", "key.removed", true),
            ("key.removed", "key.added", false),
            ("*.type.unit", "field.type.unit", true),
            ("*.type.unit", "entry.field.type.unit", false),
            ("**.type.unit", "entry.field.type.unit", true),
            ("message.**", "message.field.added", true),
            ("message.**", "messages", false),
            ("key", "key.removed", false),
        ] {
            assert_eq!(covers(claim, what), fits, "{claim} {what}");
        }
    }
}
