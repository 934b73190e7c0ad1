//! The lists of rules and the files of rules agree.

use std::collections::BTreeSet;
use std::path::Path;

use redis_schema_rules::breaking::{ALL, HARMLESS, claimants};
use redis_schema_rules::facts::Facts;
use redis_schema_rules::page::page;

#[test]
fn every_file_of_a_rule_is_in_the_list_and_is_named_after_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/breaking");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('b') && name.as_bytes()[1].is_ascii_digit())
        .collect();
    let listed: BTreeSet<String> = ALL
        .iter()
        .map(|rule| format!("{}_{}.rs", rule.meta.code, rule.meta.name).to_lowercase())
        .collect();
    assert_eq!(files, listed);
}

#[test]
fn rules_are_in_order_and_told_apart() {
    for pair in ALL.windows(2) {
        assert!(
            pair[0].meta.code < pair[1].meta.code,
            "{}",
            pair[1].meta.code
        );
    }
    let names: BTreeSet<&str> = ALL.iter().map(|rule| rule.meta.name).collect();
    assert_eq!(names.len(), ALL.len());
}

#[test]
fn every_page_begins_with_the_rule() {
    for rule in ALL {
        let title = format!("# {} {}\n\n", rule.meta.code, rule.meta.name);
        let page = page(rule.meta.source);
        assert!(page.starts_with(&title), "{}: {page}", rule.meta.code);
        assert!(!rule.meta.title.is_empty() && !rule.meta.title.ends_with('.'));
    }
}

#[test]
fn every_claim_speaks_of_something() {
    let patterns = Facts::patterns();
    for rule in ALL {
        for claim in rule.claims {
            let covered = patterns
                .iter()
                .any(|what| claimants(what).any(|other| other.meta.code == rule.meta.code));
            assert!(covered, "{}: nothing is called `{claim}`", rule.meta.code);
        }
    }
    for (pattern, why) in HARMLESS {
        assert!(!why.is_empty(), "{pattern}");
    }
}
