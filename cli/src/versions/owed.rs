//! What a schema owes to its released versions: a number of its own, and a migration for data that never expires.

use redis_schema_model::diagnostic::Diagnostic;
use redis_schema_model::load::Loaded;
use redis_schema_model::source::{FileId, Span};
use redis_schema_rules::breaking::{Finding, by_name, compare};
use redis_schema_rules::day::Day;
use redis_schema_rules::facts::Facts;
use redis_schema_rules::place::Places;
use redis_schema_rules::verdict::{Selection, judge, wants_migration};
use redis_schema_rules::versions::number;

/// Findings of one schema, by the facts of its newest released version and its own; none when no version was released.
pub(crate) fn owed(
    loaded: &Loaded,
    versions: Option<(&Facts, &Facts)>,
    today: Day,
) -> Vec<Diagnostic> {
    let (Some(schema), Some((old, new))) = (&loaded.schema, versions) else {
        return Vec::new();
    };
    let found = match number(old, new) {
        Some(finding) => vec![finding],
        None => {
            let findings = compare(old, new).findings;
            let outcome = judge(findings, &new.accept, today, &Selection::default());
            let wanting = outcome.shown.into_iter().map(|judged| judged.finding);
            wanting
                .filter(|finding| wants_migration(finding) || finding.code == "B904")
                .collect()
        }
    };
    if found.is_empty() {
        return Vec::new();
    }
    let places = Places::of_schema(schema);
    let root = loaded.documents.iter().find(|document| document.root);
    // What is said of the whole schema stands at the field that says it.
    let field = |finding: &Finding| {
        let name = finding.path.rsplit('.').next()?;
        root?.node.get(name).map(|node| node.span)
    };
    let told = |finding: &Finding| told(finding, places.of(finding).or_else(|| field(finding)));
    found.iter().filter_map(told).collect()
}

fn told(finding: &Finding, place: Option<Span>) -> Option<Diagnostic> {
    let rule = &by_name(&finding.code)?.meta;
    let span = place.unwrap_or(Span::new(FileId(0), 0, 0));
    let message = format!(
        "{}: {}, {} -> {}",
        finding.path, rule.title, finding.old, finding.new
    );
    let (label, help) = if wants_migration(finding) {
        let help = format!(
            "{}; or write a migration into `migrations/NAME` beside the schema, and accept the break with `migration: NAME`",
            finding.fix
        );
        ("this needs a migration, for the data never expires", help)
    } else {
        ("", finding.fix.clone())
    };
    Some(
        // Nothing of it is left to taste: whoever checks fails.
        Diagnostic::error(rule.told(), span, message)
            .label(label)
            .help(help),
    )
}
