//! Findings beside the lines of a schema: as annotations, and as SARIF. Both have a writer in the model already.

use redis_schema_model::diagnostic::{self, Diagnostic};
use redis_schema_rules::breaking::by_name;

use super::{Changes, Shown};

pub(super) fn github(changes: &Changes) -> String {
    diagnostic::github(&diagnostics(changes), &changes.sources)
}

pub(super) fn sarif(changes: &Changes) -> String {
    diagnostic::sarif(&diagnostics(changes), &changes.sources)
}

fn diagnostics(changes: &Changes) -> Vec<Diagnostic> {
    changes.shown.iter().filter_map(diagnostic).collect()
}

fn diagnostic(one: &Shown) -> Option<Diagnostic> {
    let finding = one.finding();
    let rule = by_name(&finding.code)?.meta.told();
    // What was removed has no line; the file's first is the nearest.
    let span = one.span.unwrap_or(one.home);
    let message = format!("{}: {}", finding.path, one.step());
    let finding = if one.is_denied() {
        Diagnostic::error(rule, span, message)
    } else {
        Diagnostic::warning(rule, span, message)
    };
    Some(finding.label(one.terms()).help(one.finding().fix.clone()))
}
