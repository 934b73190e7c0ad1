//! The list of rules and the files of rules agree.

use std::collections::BTreeSet;
use std::path::Path;

use redis_schema_model::diagnostic::Code;
use redis_schema_rules::lint::{ALL, By, by_name};
use redis_schema_rules::page::words;

#[test]
fn every_file_of_a_rule_is_in_the_list_and_is_named_after_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('l') && name.as_bytes()[1].is_ascii_digit())
        .collect();
    let listed: BTreeSet<String> = ALL
        .iter()
        .map(|lint| format!("{}_{}.rs", lint.meta.code, lint.meta.name).to_lowercase())
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
    let names: BTreeSet<&str> = ALL.iter().map(|lint| lint.meta.name).collect();
    assert_eq!(names.len(), ALL.len());
}

#[test]
fn every_page_begins_with_the_rule_and_says_why() {
    for lint in ALL {
        let page = lint.page();
        let title = format!("# {} {}\n\n", lint.meta.code, lint.meta.name);
        assert!(page.starts_with(&title), "{}: {page}", lint.meta.code);
        assert!(words(&page).ends_with('.'), "{}", words(&page));
        assert!(!lint.meta.title.is_empty() && !lint.meta.title.ends_with('.'));
        assert_eq!(
            by_name(&lint.meta.name.to_lowercase()).unwrap().meta.code,
            lint.meta.code
        );
        if let By::Codes(codes) = lint.by {
            assert!(!codes.is_empty() && codes.is_sorted(), "{}", lint.meta.code);
            assert!(codes.iter().all(|code| Code::ALL.contains(code)));
        }
    }
    assert!(by_name("L999").is_none());
}
