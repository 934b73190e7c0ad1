//! Severities, selections, and what somebody accepts.

use redis_schema_rules::breaking::{Finding, compare};
use redis_schema_rules::day::Day;
use redis_schema_rules::facts::Facts;
use redis_schema_rules::rule::{Level, Severity};
use redis_schema_rules::verdict::{Choice, Outcome, Refused, Selection, judge};

use crate::facts;

const TODAY: &str = "2027-01-31";

fn old() -> Facts {
    facts(
        "edition: 1\nschema: shop\nversion: 1\nparams: { id: uuid }\nkeys:\n  job: { key: 'job:{id}', ttl: 24h, hash: { at: timestamp_s } }\n  cart: { key: 'cart:{id}', ttl: { none: kept }, string: bytes }\n  hit: { key: 'hit:{id}', ttl: 1h, string: bytes }\n",
    )
}

fn new(accept: &str) -> Facts {
    facts(&format!(
        "edition: 1\nschema: shop\nversion: 2\nparams: {{ id: uuid }}\nkeys:\n  job: {{ key: 'job:{{id}}', ttl: 24h, hash: {{ at: timestamp_ms }} }}\n  cart: {{ key: 'carts:{{id}}', ttl: {{ none: kept }}, string: bytes }}\n  hit: {{ key: 'hit:{{id}}', ttl: {{ none: wanted }}, string: bytes }}\naccept: [{accept}]\n"
    ))
}

fn record(rule: &str, path: &str, expires: &str, more: &str) -> String {
    format!(
        "{{ rule: {rule}, path: {path}, owner: jobs, reason: known, expires: {expires}{more} }}"
    )
}

fn judged(accept: &str, selection: &Selection) -> Outcome {
    let (old, new) = (old(), new(accept));
    let today: Day = TODAY.parse().unwrap();
    judge(compare(&old, &new).findings, &new.accept, today, selection)
}

fn told(outcome: &Outcome) -> Vec<(&str, &str, Severity)> {
    let shown = outcome.shown.iter();
    shown
        .map(|one| {
            (
                one.finding.code.as_str(),
                one.finding.path.as_str(),
                one.severity,
            )
        })
        .collect()
}

#[test]
fn each_level_has_its_severity() {
    let outcome = judged("", &Selection::default());
    let expected = [
        ("B102", "cart", Severity::Deny),
        ("B215", "job.at", Severity::Deny),
        ("B502", "hit", Severity::Warn),
    ];
    assert_eq!(told(&outcome), expected);
    assert!(outcome.fails());
}

#[test]
fn severities_go_by_rule_before_level() {
    let mut selection = Selection::default();
    selection
        .set(Choice::of("ops").unwrap(), Severity::Deny)
        .unwrap();
    selection
        .set(Choice::of("UNIT_SAME").unwrap(), Severity::Allow)
        .unwrap();
    selection
        .set(Choice::of("b102").unwrap(), Severity::Warn)
        .unwrap();
    let outcome = judged("", &selection);
    let expected = [
        ("B502", "hit", Severity::Deny),
        ("B102", "cart", Severity::Warn),
    ];
    assert_eq!((told(&outcome), outcome.hidden), (expected.to_vec(), 1));
}

#[test]
fn storage_is_not_lowered_as_a_whole() {
    let storage = Choice::of("storage").unwrap();
    let mut selection = Selection::default();
    assert_eq!(
        selection.set(storage, Severity::Warn),
        Err(Refused::StorageStays)
    );
    assert_eq!(selection.set(storage, Severity::Deny), Ok(()));
    assert!(matches!(Choice::of("B999"), Err(Refused::Unknown(_))));
}

#[test]
fn findings_are_selected_by_level_rule_and_path() {
    let count = |make: &dyn Fn(&mut Selection)| {
        let mut selection = Selection::default();
        make(&mut selection);
        let outcome = judged("", &selection);
        assert_eq!(outcome.shown.len() + outcome.hidden, 3);
        outcome.shown.len()
    };
    assert_eq!(count(&|one| one.level(Level::Rolling)), 2);
    assert_eq!(count(&|one| one.level(Level::Ops)), 1);
    assert_eq!(count(&|one| one.path("job")), 1);
    assert_eq!(count(&|one| one.path("jo")), 0);
    assert_eq!(count(&|one| one.path("job.at")), 1);
    let Choice::Rule(rule) = Choice::of("B215").unwrap() else {
        panic!("B215 is a rule");
    };
    assert_eq!(count(&|one| one.rule(rule)), 1);
}

#[test]
fn what_somebody_answers_for_is_not_shown() {
    let outcome = judged(
        &record("B215", "job.at", "2027-01-31", ""),
        &Selection::default(),
    );
    let codes: Vec<&str> = outcome
        .shown
        .iter()
        .map(|one| one.finding.code.as_str())
        .collect();
    assert_eq!(codes, ["B102", "B502"]);
    assert_eq!(outcome.accepted.len(), 1);
}

/// What is said about one record.
fn about(record: &str) -> Vec<(String, String)> {
    let outcome = judged(record, &Selection::default());
    let of_records = |finding: &&Finding| finding.code.starts_with("B90");
    let shown = outcome.shown.iter().map(|one| &one.finding);
    shown
        .filter(of_records)
        .map(|finding| (finding.code.clone(), finding.path.clone()))
        .collect()
}

#[test]
fn records_that_accept_nothing_are_found() {
    let pair = |code: &str, path: &str| vec![(code.to_owned(), path.to_owned())];
    assert_eq!(
        about(&record("B9999", "job.at", "2028-01-01", "")),
        pair("B901", "job.at")
    );
    assert_eq!(
        about(&record("B215", "job.ta", "2028-01-01", "")),
        pair("B902", "job.ta")
    );
    assert_eq!(
        about(&record("UNIT_SAME", "job.at", "2027-01-30", "")),
        pair("B903", "job.at")
    );
    assert_eq!(
        about(&record("unit_same", "job.at", "2027-01-31", "")),
        vec![]
    );
}

#[test]
fn an_expired_record_accepts_nothing() {
    let outcome = judged(
        &record("B215", "job.at", "2027-01-30", ""),
        &Selection::default(),
    );
    assert!(outcome.accepted.is_empty());
    assert!(told(&outcome).contains(&("B215", "job.at", Severity::Deny)));
}

#[test]
fn what_never_expires_is_accepted_only_with_a_migration() {
    let bare = record("B102", "cart", "2028-01-01", "");
    assert_eq!(about(&bare), vec![("B904".to_owned(), "cart".to_owned())]);
    assert!(judged(&bare, &Selection::default()).fails());
    let mended = record("B102", "cart", "2028-01-01", ", migration: rename-carts");
    assert_eq!(about(&mended), vec![]);
}
