//! What a schema owes to its released versions: a number of its own, and a migration for data that never expires.

use std::path::Path;
use std::sync::Arc;

use redis_schema_model::diagnostic::{Diagnostic, Rule};
use redis_schema_model::load::Loaded;
use redis_schema_model::source::{FileId, Span};
use redis_schema_rules::breaking::{Finding, by_name, compare};
use redis_schema_rules::day::Day;
use redis_schema_rules::facts::Facts;
use redis_schema_rules::page::page;
use redis_schema_rules::place::place;
use redis_schema_rules::verdict::{Selection, judge, wants_migration};
use redis_schema_rules::versions::number;

use super::Released;
use crate::exit::Failure;

/// Findings of one schema; none when no version of it was released.
pub(crate) fn owed(loaded: &Loaded, today: Day) -> Result<Vec<Diagnostic>, Failure> {
    let file = loaded.sources.files().first();
    let (Some(schema), Some(file)) = (&loaded.schema, file) else {
        return Ok(Vec::new());
    };
    let all = Released::all(Path::new(file.name()))?;
    let Some(newest) = all.last() else {
        return Ok(Vec::new());
    };
    let (old, new) = (&newest.snapshot.facts, Facts::from(schema));
    let found = match number(old, &new) {
        Some(finding) => vec![finding],
        None => {
            let findings = compare(old, &new).findings;
            let outcome = judge(findings, &new.accept, today, &Selection::default());
            let wanting = outcome.shown.into_iter().map(|judged| judged.finding);
            wanting
                .filter(|finding| wants_migration(finding) || finding.code == "B904")
                .collect()
        }
    };
    let diagnostic = |finding: Finding| told(&finding, place(schema, &finding));
    Ok(found.into_iter().map(diagnostic).collect())
}

fn told(finding: &Finding, place: Option<Span>) -> Diagnostic {
    let (title, page) = by_name(&finding.code).map_or_else(Default::default, |rule| {
        (rule.meta.title.to_owned(), page(rule.meta.source))
    });
    let rule = Arc::new(Rule {
        code: finding.code.clone(),
        title: format!("{}: {title}", finding.name),
        page,
    });
    let span = place.unwrap_or(Span::new(FileId(0), 0, 0));
    let message = format!(
        "{}: {}, {} -> {}",
        finding.path,
        title_of(finding),
        finding.old,
        finding.new
    );
    let label = if wants_migration(finding) {
        "this needs a migration, for the data never expires"
    } else {
        ""
    };
    Diagnostic::warning(rule, span, message)
        .label(label)
        .help(finding.fix.clone())
}

fn title_of(finding: &Finding) -> &'static str {
    by_name(&finding.code).map_or("", |rule| rule.meta.title)
}
