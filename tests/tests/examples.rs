//! The schemas of the five real keyspaces: clean, formatted, described in full, and their pages as committed.
//!
//! `UPDATE=1 cargo test -p redis-schema-tests --test examples` writes the pages anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use redis_schema_codegen::docs::{self, coverage};
use redis_schema_codegen::rust;
use redis_schema_model::diagnostic::{Colour, human};
use redis_schema_model::format::format;
use redis_schema_model::load::{Loaded, MapLoader, load};
use redis_schema_model::model::Schema;
use redis_schema_rules::lint;

const CASES: [&str; 5] = [
    "docpipe",
    "faultline",
    "image2model",
    "image2model-actual",
    "legal-docs",
];

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples")
        .join(case)
}

fn text(case: &str) -> String {
    std::fs::read_to_string(folder(case).join(format!("{case}.redis.yaml"))).unwrap()
}

fn loaded(name: &str, text: &str) -> Loaded {
    let mut loader = MapLoader::new();
    loader.insert(name, text);
    load(&loader, name)
}

fn schema(case: &str) -> Schema {
    let found = loaded(&format!("{case}.redis.yaml"), &text(case));
    assert!(
        found.diagnostics.is_empty(),
        "{}",
        human(&found.diagnostics, &found.sources, Colour::Off)
    );
    found.schema.unwrap()
}

#[test]
fn every_case_is_clean_and_formatted() {
    for case in CASES {
        schema(case);
        assert_eq!(
            format(&text(case)).unwrap(),
            text(case),
            "{case}: run redis-schema fmt"
        );
    }
}

#[test]
fn every_case_is_clean_by_the_standard_lint_rules() {
    for case in CASES {
        let loaded = loaded(&format!("{case}.redis.yaml"), &text(case));
        let reports = lint::run(&loaded, &lint::Chosen::default(), lint::Given::default()).reports;
        let findings: Vec<_> = reports.into_iter().map(|it| it.diagnostic).collect();
        let shown = human(&findings, &loaded.sources, Colour::Off);
        assert!(findings.is_empty(), "{case}:\n{shown}");
    }
}

#[test]
fn every_case_is_described_in_full() {
    for case in CASES {
        let coverage = coverage(&schema(case));
        assert!(
            coverage.missing.is_empty(),
            "{case}: {:?}",
            coverage.missing
        );
    }
}

#[test]
fn every_case_emits_code_for_all_its_keys() {
    for case in CASES {
        let schema = schema(case);
        let code = rust::emit_file(&schema, &rust::Options::default());
        for key in &schema.keys {
            let accessor = format!("pub fn {}", key.name.snake());
            assert!(code.contains(&accessor), "{case}: no `{accessor}`");
        }
    }
}

#[test]
fn the_committed_pages_are_what_the_schemas_say() {
    let update = std::env::var_os("UPDATE").is_some();
    for case in CASES {
        let pages = docs::render(&schema(case), &docs::Options::default()).unwrap();
        let committed = folder(case).join("docs");
        let mut wanted = BTreeSet::new();
        for (path, page) in pages.iter() {
            let path = committed.join(path);
            if update {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, page).unwrap();
            }
            let found = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                found == page,
                "{} is stale: see the head of this file",
                path.display()
            );
            wanted.insert(path);
        }
        for path in pages_under(&committed) {
            assert!(
                wanted.contains(&path),
                "{} is no page any more",
                path.display()
            );
        }
    }
}

fn pages_under(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                pages_under(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The sixth defect of the image2model case: two templates could name the same key and nothing noticed.
#[test]
fn templates_that_can_name_the_same_key_are_refused_with_a_witness() {
    let text = "edition: 1
schema: s
version: 1
params:
  job_id: { type: string, encode: raw, reason: legacy ids, about: A job }
  file_id: { type: slug, about: A file }
keys:
  job: { key: \"job:{job_id}\", about: a, ttl: 1h, string: string }
  status: { key: \"job:{file_id}:status\", about: a, ttl: 1h, string: string }
";
    let found = loaded("s.redis.yaml", text);
    assert!(found.schema.is_none());
    let told = human(&found.diagnostics, &found.sources, Colour::Off);
    assert!(told.contains(":status"), "{told}");
    assert!(told.contains("[E07"), "{told}");
}
