//! Sets, single rules and limits, from the schema and from the caller.

use redis_schema_model::diagnostic::Severity as Shown;
use redis_schema_rules::lint::{Chosen, Sets};
use redis_schema_rules::rule::{Set, Severity};

use crate::{codes, found, given, lint, schema};

/// A schema that rules of several sets speak of.
fn open(policy: &str) -> String {
    schema(&format!(
        "{policy}keys:\n  carts: {{ key: carts, ttl: {{ none: asked for daily }}, set: slug }}\n"
    ))
}

fn with(sets: &[Sets]) -> Chosen {
    Chosen {
        sets: sets.to_vec(),
        ..Chosen::default()
    }
}

fn chosen(text: &str, chosen: &Chosen) -> Vec<String> {
    found(text, chosen)
        .into_iter()
        .map(|(code, _)| code)
        .collect()
}

#[test]
fn sets_include_each_other_and_two_stand_on_top() {
    let none: [&str; 0] = [];
    assert_eq!(codes(&open("")), ["L401"]);
    assert_eq!(chosen(&open(""), &with(&[Sets::None])), none);
    assert_eq!(chosen(&open(""), &with(&[Sets::Of(Set::Minimal)])), none);
    assert_eq!(
        chosen(&open(""), &with(&[Sets::Of(Set::Strict)])),
        ["L401", "L803"]
    );
    assert_eq!(
        chosen(&open(""), &with(&[Sets::Of(Set::Docs)])),
        ["L401", "L801"]
    );
    let docs = [Sets::None, Sets::Of(Set::Docs)];
    assert_eq!(chosen(&open(""), &with(&docs)), ["L801"]);
}

#[test]
fn the_schema_chooses_and_the_caller_overrules() {
    let strict = open("policy: { lint: { set: [strict, docs] } }\n");
    assert_eq!(codes(&strict), ["L401", "L801", "L803"]);
    assert_eq!(chosen(&strict, &with(&[Sets::Of(Set::Standard)])), ["L401"]);
    let allowed = open("policy: { lint: { rules: { COLLECTION_BOUNDED: allow } } }\n");
    assert!(codes(&allowed).is_empty());
    let mut deny = Chosen::default();
    deny.rules.push(("l401".to_owned(), Severity::Deny));
    let (findings, _) = lint(&allowed, &deny);
    assert_eq!(findings[0].severity, Shown::Error);
}

#[test]
fn a_rule_outside_the_sets_can_be_named() {
    let text = open("policy: { lint: { set: none, rules: { L803: warn } } }\n");
    assert_eq!(codes(&text), ["L803"]);
}

#[test]
fn rules_that_do_not_exist_and_those_that_are_always_held_are_told() {
    let text = open(
        "policy: { lint: { rules: { L410x: warn, L301: allow, COLECTION_BOUNDED: deny } } }\n",
    );
    let (findings, loaded) = lint(&text, &Chosen::default());
    let told: Vec<(&str, String)> = findings
        .iter()
        .map(|finding| {
            (
                loaded.sources.slice(finding.span),
                finding.help.clone().unwrap(),
            )
        })
        .collect();
    assert_eq!(told[0].0, "L410x");
    assert_eq!(told[1], ("L301", "remove the line".to_owned()));
    assert_eq!(told[2].1, "did you mean `L401` (COLLECTION_BOUNDED)?");
    assert_eq!(
        findings[1].message,
        "`L301` is always held, as E0204 and E0207"
    );
}

#[test]
fn a_wrong_range_of_lifetimes_is_a_mistake_of_the_schema() {
    let loaded = redis_schema_model::load::load_text(&open("policy: { lint: { ttl: 1h..5 } }\n"));
    assert!(loaded.has_errors());
}

#[test]
fn the_usual_lifetime_ends_after_a_year_and_a_day() {
    let key = |ttl: &str| {
        schema(&format!(
            "keys:\n  a: {{ key: a, ttl: {ttl}, string: bytes }}\n"
        ))
    };
    assert!(codes(&key("366d")).is_empty());
    assert_eq!(codes(&key("367d")), ["L303"]);
}

#[test]
fn schemas_with_errors_are_not_looked_at() {
    let loaded = redis_schema_model::load::load_text("edition: 1\nschema: shop\n");
    let outcome = redis_schema_rules::lint::run(&loaded, &Chosen::default(), given());
    assert!(outcome.reports.is_empty() && !outcome.is_denied());
}
