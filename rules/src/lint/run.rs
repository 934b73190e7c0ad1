//! Asks the rules.

use redis_schema_model::diagnostic::Severity as Shown;
use redis_schema_model::load::Loaded;

use super::exceptions::Exceptions;
use super::settings::Problem;
use super::{ALL, By, Chosen, Found, Given, Report, Settings, Subject, by_name};
use crate::expr;
use crate::rule::Severity;

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings by place, each with how it is mended.
    pub reports: Vec<Report>,
}

impl Outcome {
    /// Whether a rule that is denied found something.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.reports
            .iter()
            .any(|report| report.diagnostic.severity == Shown::Error)
    }
}

/// Asks every rule that the settings want. A schema with errors is not looked at: rules rely on what it means.
#[must_use]
pub fn run(loaded: &Loaded, chosen: &Chosen, given: Given<'_>) -> Outcome {
    let Some(schema) = &loaded.schema else {
        return Outcome::default();
    };
    let documents = &loaded.documents;
    let (settings, mut problems) = Settings::read(schema.edition, documents, chosen);
    let exceptions = Exceptions::collect(documents, &settings, &mut problems);
    let subject = Subject::new(schema, &loaded.sources, documents, &settings, given);
    let mut reports = Vec::new();
    for lint in ALL {
        if let By::Check(check) = lint.by
            && settings.severity(lint.meta.code) != Severity::Allow
        {
            check(&subject, &mut Found::by(lint, &mut reports));
        }
    }
    expr::run(&subject, &mut problems, &mut reports);
    reports.retain(|report| {
        let diagnostic = &report.diagnostic;
        !exceptions.cover(diagnostic.code.as_str(), diagnostic.span)
    });
    exceptions.unused(&settings, &mut problems);
    reports.extend(problems.into_iter().filter_map(Problem::report));
    reports.retain_mut(|report| {
        let severity = settings.severity(report.diagnostic.code.as_str());
        report.diagnostic.severity = match severity {
            Severity::Allow => return false,
            Severity::Warn => Shown::Warning,
            Severity::Deny => Shown::Error,
        };
        true
    });
    reports.sort_by(|a, b| {
        let (a, b) = (&a.diagnostic, &b.diagnostic);
        (a.span, &a.code, &a.message).cmp(&(b.span, &b.code, &b.message))
    });
    Outcome { reports }
}

impl Problem {
    fn report(self) -> Option<Report> {
        let mut reports = Vec::new();
        Found::by(by_name(self.code)?, &mut reports)
            .at(self.span, self.message)
            .label(self.label)
            .help(self.help);
        reports.pop()
    }
}
