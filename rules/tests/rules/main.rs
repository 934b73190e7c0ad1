//! Rules against their pages, against every kind of change, and against the files they are in.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cases;
mod classified;
mod complete;
mod dump;
mod fresh;
mod left_behind;
mod names;
mod pages;
mod registry;
mod reserved;
mod stored;
mod tombstones;
mod twins;
mod verdict;
mod versions;
mod windows;

use std::path::Path;

use redis_schema_model::diagnostic::{Colour, human};
use redis_schema_model::load::load_text;
use redis_schema_rules::facts::Facts;

/// The facts of a schema that must be right.
fn facts(text: &str) -> Facts {
    let loaded = load_text(text);
    let schema = loaded.schema.as_ref().unwrap_or_else(|| {
        panic!(
            "{}",
            human(&loaded.diagnostics, &loaded.sources, Colour::Off)
        )
    });
    Facts::from(schema)
}

/// Schemas that between them hold everything the language can say.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/everything");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let texts = files.iter().map(std::fs::read_to_string);
    texts.map(Result::unwrap).collect()
}

/// Their facts.
fn everything() -> Vec<Facts> {
    texts().iter().map(|text| facts(text)).collect()
}
