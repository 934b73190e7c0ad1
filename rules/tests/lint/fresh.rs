//! The reference of the rules is committed as it would be written now.
//!
//! `UPDATE=1 cargo test -p redis-schema-rules --test lint fresh` writes it anew.

use std::path::Path;

use redis_schema_rules::lint::{by_name, reference};

#[test]
fn the_reference_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/lints.md");
    let now = reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, now).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == now,
        "docs/lints.md is not fresh: run this test with UPDATE=1"
    );
}

#[test]
fn rules_that_are_named_in_words_exist() {
    let page = reference();
    let (words, _) = page.split_once("These are held otherwise").unwrap();
    for text in [words, &redis_schema_model::language::reference()] {
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
            let digits = word.strip_prefix('L').filter(|digits| digits.len() == 3);
            if digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit())) {
                assert!(by_name(word).is_some(), "there is no rule {word}");
            }
        }
    }
}
