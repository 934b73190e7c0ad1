//! Findings beside the lines of a schema: as annotations, and as SARIF. Both have a writer in the model already.

use std::sync::Arc;

use redis_schema_model::diagnostic::{self, Diagnostic, Rule};
use redis_schema_rules::breaking::by_name;
use redis_schema_rules::page::page;

use super::{Changes, Shown};

pub(super) fn github(changes: &Changes) -> String {
    diagnostic::github(&diagnostics(changes), &changes.sources)
}

pub(super) fn sarif(changes: &Changes) -> String {
    diagnostic::sarif(&diagnostics(changes), &changes.sources)
}

fn diagnostics(changes: &Changes) -> Vec<Diagnostic> {
    changes.shown.iter().map(diagnostic).collect()
}

fn diagnostic(one: &Shown) -> Diagnostic {
    let finding = one.finding();
    let (title, page) = by_name(&finding.code).map_or_else(Default::default, |rule| {
        (rule.meta.title.to_owned(), page(rule.meta.source))
    });
    let rule = Arc::new(Rule {
        code: finding.code.clone(),
        title: format!("{}: {title}", finding.name),
        page,
    });
    // What was removed has no line; the file's first is the nearest.
    let span = one.span.unwrap_or(one.home);
    let message = format!("{}: {}", finding.path, one.step());
    let finding = if one.is_denied() {
        Diagnostic::error(rule, span, message)
    } else {
        Diagnostic::warning(rule, span, message)
    };
    finding.label(one.terms()).help(one.finding().fix.clone())
}
