//! Every page is true: under the standard rules and itself, the wrong example has findings of this rule alone, and the
//! right one none. Rules that the checker enforces are found as one of the codes they name.

use redis_schema_model::load::load_text;
use redis_schema_rules::facts::Facts;
use redis_schema_rules::lint::{ALL, By, Chosen, Fixable, Given, Lint, run};
use redis_schema_rules::page::{Example, examples};
use redis_schema_rules::rule::Severity;

use crate::{given, shown};

/// The released version that a page is about.
fn released(examples: &[Example]) -> Option<Facts> {
    let text = &examples.iter().find(|one| one.has("released"))?.text;
    Some(Facts::from(load_text(text).schema.as_ref().unwrap()))
}

fn chosen(lint: &Lint) -> Chosen {
    let mut chosen = Chosen::default();
    if !matches!(lint.by, By::Codes(_)) {
        chosen
            .rules
            .push((lint.meta.code.to_owned(), Severity::Warn));
    }
    chosen
}

/// Migrations that an example says lie beside it and that it does not name.
fn unnamed(text: &str) -> Vec<String> {
    let beside = text
        .lines()
        .filter_map(|line| line.strip_prefix("# migrations/"))
        .filter_map(|line| line.split(' ').next());
    let is_named = |file: &&str| {
        let stem = file.split('.').next().unwrap();
        text.contains(&format!("migration: {stem}"))
    };
    beside
        .filter(|file| !is_named(file))
        .map(str::to_owned)
        .collect()
}

/// Codes of all that is found, and how it looks.
fn judge(lint: &Lint, example: &Example, released: Option<&Facts>) -> (Vec<String>, String) {
    let loaded = load_text(&example.text);
    let mut findings = loaded.diagnostics.clone();
    let unnamed = unnamed(&example.text);
    let given = Given {
        released,
        unnamed: &unnamed,
        ..given()
    };
    let reports = run(&loaded, &chosen(lint), given).reports;
    findings.extend(reports.into_iter().map(|report| report.diagnostic));
    for finding in &findings {
        assert!(finding.help.is_some(), "{}: {finding:?}", lint.meta.code);
    }
    let codes = findings
        .iter()
        .map(|finding| finding.code.to_string())
        .collect();
    (codes, shown(&findings, &loaded))
}

#[test]
fn every_example_is_judged_as_its_page_says() {
    let mut failures = String::new();
    for lint in ALL {
        let code = lint.meta.code;
        let examples = examples(&lint.page());
        let count = |word: &str| examples.iter().filter(|one| one.has(word)).count();
        assert!(count("wrong") > 0 && count("right") > 0, "{code}");
        let released = released(&examples);
        for example in examples.iter().filter(|one| !one.has("released")) {
            let (codes, shown) = judge(lint, example, released.as_ref());
            let fits = |found: &String| match lint.by {
                By::Codes(known) => known.iter().any(|code| code.as_str() == found),
                _ => found == code,
            };
            let good = if example.has("wrong") {
                !codes.is_empty() && codes.iter().all(fits)
            } else {
                codes.is_empty()
            };
            if !good {
                failures.push_str(&format!("{code} {:?}:\n{shown}\n", example.words));
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn rules_that_can_mend_give_a_fix_and_others_none() {
    for lint in ALL.iter().filter(|lint| !matches!(lint.by, By::Codes(_))) {
        let examples = examples(&lint.page());
        let released = released(&examples);
        let wrong = examples.iter().find(|one| one.has("wrong")).unwrap();
        let loaded = load_text(&wrong.text);
        let reports = run(
            &loaded,
            &chosen(lint),
            Given {
                released: released.as_ref(),
                ..given()
            },
        )
        .reports;
        let fixes: Vec<_> = reports
            .iter()
            .filter_map(|report| report.fix.as_ref())
            .collect();
        let renames = fixes.iter().any(|fix| fix.renames);
        let expected = match lint.fix {
            Fixable::No => fixes.is_empty(),
            Fixable::Safe => !fixes.is_empty() && !renames,
            Fixable::Unsafe => renames,
        };
        assert!(expected, "{}: {fixes:?}", lint.meta.code);
    }
}
