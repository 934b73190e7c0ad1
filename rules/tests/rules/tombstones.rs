//! Variants of a `one_of` are buried as those of an enum are.

use redis_schema_model::load::load_text;
use redis_schema_rules::breaking::compare;
use redis_schema_rules::facts::Facts;
use redis_schema_rules::lint::{self, Chosen, Given};

use crate::facts;

fn text(version: u32, shapes: &str, tombstones: &str) -> String {
    format!(
        "edition: 1\nschema: shop\nversion: {version}\nparams: {{ id: uuid }}\ntypes:\n  Step: {{ one_of: {{ {shapes} }} }}\nkeys:\n  step: {{ key: 'step:{{id}}', ttl: 1h, string: json<Step> }}\n{tombstones}"
    )
}

const OPENED: &str = "opened: {}";
const BOTH: &str = "opened: {}, paid: { cents: u64 }";
const BURIED: &str = "tombstones:\n  step_paid: { variant: Step.paid, removed_in: 2 }\n";

/// What breaks, and where.
fn broken(old: &Facts, new: &Facts) -> Vec<(String, String)> {
    let findings = compare(old, new).findings.into_iter();
    findings.map(|one| (one.code, one.path)).collect()
}

#[test]
fn a_variant_that_is_there_again_or_a_tombstone_that_is_not_is_found() {
    let buried = facts(&text(2, OPENED, BURIED));
    let again = facts(&text(3, BOTH, ""));
    assert!(
        broken(&buried, &again).contains(&("B115".to_owned(), "Step.paid".to_owned())),
        "{:?}",
        broken(&buried, &again)
    );
    let forgotten = facts(&text(3, OPENED, ""));
    let expected = [("B116".to_owned(), "Step.paid".to_owned())];
    assert_eq!(broken(&buried, &forgotten), expected);
    assert_eq!(broken(&buried, &facts(&text(3, OPENED, BURIED))), []);
}

#[test]
fn a_variant_cannot_be_there_and_buried() {
    let codes = |text: &str| -> Vec<String> {
        let found = load_text(text).diagnostics.into_iter();
        found.map(|one| one.code.as_str().to_owned()).collect()
    };
    assert_eq!(codes(&text(2, BOTH, BURIED)), ["E0303"]);
    assert_eq!(codes(&text(2, OPENED, BURIED)), Vec::<String>::new());
}

#[test]
fn a_released_variant_that_went_without_a_tombstone_is_found() {
    let released = facts(&text(1, BOTH, ""));
    let found = |text: &str| -> Vec<String> {
        let loaded = load_text(text);
        let given = Given {
            released: Some(&released),
            ..Given::default()
        };
        let reports = lint::run(&loaded, &Chosen::default(), given).reports;
        let codes = reports.iter().map(|one| one.diagnostic.code.as_str());
        codes
            .filter(|code| *code == "L906")
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(found(&text(2, OPENED, "")), ["L906"]);
    assert_eq!(found(&text(2, OPENED, BURIED)), Vec::<String>::new());
    assert_eq!(found(&text(2, BOTH, "")), Vec::<String>::new());
}
