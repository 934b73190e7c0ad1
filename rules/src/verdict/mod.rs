//! From findings to a verdict: what was selected, how severe it is, what somebody accepted.

mod accept;
mod selection;

pub use accept::wants_migration;
pub use selection::{Choice, Refused, Selection};

use crate::breaking::Finding;
use crate::day::Day;
use crate::facts::Accepted;
use crate::rule::{Level, Severity};

/// A finding that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What was found.
    pub finding: Finding,
    /// `Warn` or `Deny`.
    pub severity: Severity,
}

/// What came of a comparison, once everything was weighed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What is shown, the severest first.
    pub shown: Vec<Judged>,
    /// What somebody answers for.
    pub accepted: Vec<(Finding, Accepted)>,
    /// How many more were found and not selected, or are allowed; those of callers' source are not counted.
    pub hidden: usize,
}

impl Outcome {
    /// Whether a finding makes the run fail.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.shown
            .iter()
            .any(|judged| judged.severity == Severity::Deny)
    }
}

/// Weighs what was found. Records of what is accepted are taken from the newer version.
#[must_use]
pub fn judge(
    findings: Vec<Finding>,
    accept: &[Accepted],
    today: Day,
    selection: &Selection,
) -> Outcome {
    let (left, accepted, about) = accept::apply(findings, accept, today);
    let mut outcome = Outcome {
        accepted,
        ..Outcome::default()
    };
    for finding in left.into_iter().chain(about) {
        let severity = selection.severity(&finding);
        if severity == Severity::Allow || !selection.covers(&finding) {
            // What only the compiler tells unless somebody asks is not worth a count.
            outcome.hidden += usize::from(finding.level != Level::Source);
        } else {
            outcome.shown.push(Judged { finding, severity });
        }
    }
    outcome.shown.sort_by(|a, b| order(a).cmp(&order(b)));
    outcome
}

fn order(judged: &Judged) -> (std::cmp::Reverse<Severity>, Level, &str, &str, &str) {
    let finding = &judged.finding;
    let severity = std::cmp::Reverse(judged.severity);
    (
        severity,
        finding.level,
        &finding.code,
        &finding.path,
        &finding.what,
    )
}
