//! Lint rules against their pages, their settings, and the files they are in.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod caches;
mod conditions;
mod exceptions;
mod fixes;
mod fresh;
mod pages;
mod registry;
mod settings;

use std::sync::LazyLock;

use redis_schema_model::diagnostic::{Colour, Diagnostic, human};
use redis_schema_model::load::{Loaded, load_text};
use redis_schema_rules::day::Day;
use redis_schema_rules::lint::{Chosen, Given, run};

/// What is given in every test.
fn given() -> Given<'static> {
    static ABSENT: LazyLock<Vec<String>> = LazyLock::new(|| vec!["move_carts".to_owned()]);
    Given {
        today: Some("2026-11-20".parse::<Day>().unwrap()),
        released: None,
        now: None,
        absent: &ABSENT,
        unnamed: &[],
    }
}

/// What rules say of a schema that must be right.
fn lint(text: &str, chosen: &Chosen) -> (Vec<Diagnostic>, Loaded) {
    let loaded = load_text(text);
    assert!(
        loaded.schema.is_some(),
        "{}",
        shown(&loaded.diagnostics, &loaded)
    );
    let reports = run(&loaded, chosen, given()).reports;
    (
        reports
            .into_iter()
            .map(|report| report.diagnostic)
            .collect(),
        loaded,
    )
}

/// Code and text under the place of each finding.
fn found(text: &str, chosen: &Chosen) -> Vec<(String, String)> {
    let (findings, loaded) = lint(text, chosen);
    let told = findings.iter().map(|finding| {
        let place = loaded.sources.slice(finding.span).to_owned();
        (finding.code.to_string(), place)
    });
    told.collect()
}

fn codes(text: &str) -> Vec<String> {
    found(text, &Chosen::default())
        .into_iter()
        .map(|(code, _)| code)
        .collect()
}

fn shown(findings: &[Diagnostic], loaded: &Loaded) -> String {
    human(findings, &loaded.sources, Colour::Off)
}

/// A schema with `keys:` and whatever else.
fn schema(rest: &str) -> String {
    format!("edition: 1\nschema: shop\nversion: 1\n{rest}")
}
