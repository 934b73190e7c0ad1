//! What the README shows is what a user gets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "readme/program.rs"]
mod program;

use redis_schema_model::diagnostic::{Colour, human};
use redis_schema_model::load::{MapLoader, load};
use redis_schema_rules::lint;
use redis_schema_test_server::{Protocol, Server};

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

/// Whoever copies it and runs `check` is asked nothing.
#[test]
fn its_schema_leaves_the_rules_nothing_to_say() {
    let mut loader = MapLoader::new();
    loader.insert(FILE, block("yaml", "schema: faultline"));
    let loaded = load(&loader, FILE);
    let reports = lint::run(&loaded, &lint::Chosen::default(), lint::Given::default()).reports;
    let findings: Vec<_> = reports.into_iter().map(|it| it.diagnostic).collect();
    assert_eq!(human(&findings, &loaded.sources, Colour::Off), "");
}

/// Its statements, in a program that is compiled against the same schema.
const PROGRAM: &str = include_str!("readme/program.rs");

#[test]
fn its_program_is_the_one_that_is_compiled_here() {
    let schema = include_str!("readme/faultline.redis.yaml");
    assert_eq!(schema, block("yaml", "schema: faultline"));
    let lines: Vec<&str> = PROGRAM.lines().map(statement).collect();
    let shown = block("rust", "#[redis_schema(\"faultline.redis.yaml\")]");
    for line in shown.lines().map(statement).filter(|line| !line.is_empty()) {
        // Where the file lies is another matter in a workspace of many programs.
        let known = lines.contains(&line) || line.starts_with("#[redis_schema(");
        assert!(known, "not in the program: {line}");
    }
}

/// A line without what explains it.
fn statement(line: &str) -> &str {
    if line.contains("Store::connect(") {
        return "";
    }
    line.split_once("//").map_or(line, |(code, _)| code).trim()
}

#[tokio::test]
async fn its_program_runs() {
    let server = Server::start();
    let url = server.url(Protocol::Resp3, 0);
    let listed = program::run(&url, server.connect(Protocol::Resp3, 0)).await;
    assert_eq!(listed.unwrap(), 1);
}
