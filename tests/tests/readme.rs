//! What the README shows is what a user gets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redis_schema_model::diagnostic::{Colour, human};
use redis_schema_model::load::{MapLoader, load};

const FILE: &str = "faultline.redis.yaml";

/// The first fenced block of a language that holds some words.
fn block(language: &str, words: &str) -> String {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let fence = format!("```{language}\n");
    let mut blocks = readme
        .split(fence.as_str())
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    blocks
        .find(|block| block.contains(words))
        .unwrap_or_else(|| panic!("no {language} block with `{words}`"))
        .to_owned()
}

/// What is said about a schema.
fn said(schema: &str) -> String {
    let mut loader = MapLoader::new();
    loader.insert(FILE, schema);
    let loaded = load(&loader, FILE);
    assert_eq!(loaded.schema.is_some(), loaded.diagnostics.is_empty());
    human(&loaded.diagnostics, &loaded.sources, Colour::Off)
}

#[test]
fn its_schema_is_without_mistakes() {
    assert_eq!(said(&block("yaml", "schema: faultline")), "");
}

#[test]
fn its_mistake_is_shown_as_it_is() {
    let schema = block("yaml", "schema: faultline");
    let shown = block("text", "error: [");
    let said = said(&schema.replacen("type: hex(64)", "type: hx(64)", 1));
    assert!(said.starts_with(&shown), "{said}");
}
