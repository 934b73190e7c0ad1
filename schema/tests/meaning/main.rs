//! What schemas mean: findings with their exact places, and the model that comes out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bits;
mod examples;
mod field_ttl;
mod fuzz;
mod headers;
mod keys;
mod limits;
mod locks;
mod lookalikes;
mod model;
mod names;
mod overlaps;
mod params;
mod progress;
mod queues;
mod servers;
mod sessions;
mod types;
mod unavailable;
mod values;
mod work;

use redis_schema_model::diagnostic::{Code, Colour, human};
use redis_schema_model::load::{Loaded, MapLoader, load, load_text};
use redis_schema_model::model::{Key, Schema, TypeDef};

const HEAD: &str = "edition: 1\nschema: shop\nversion: 3\n";

fn text_of(body: &str) -> String {
    format!("{HEAD}{body}")
}

fn shown(loaded: &Loaded) -> String {
    human(&loaded.diagnostics, &loaded.sources, Colour::Off)
}

/// The schema of a body that must be clean. Bodies share their parameters, so not each uses all of them.
fn right(body: &str) -> Schema {
    let loaded = load_text(&text_of(body));
    let mut findings = loaded.diagnostics.iter();
    assert!(
        findings.all(|finding| finding.code == Code::E0315),
        "{}",
        shown(&loaded)
    );
    loaded.schema.expect("a clean schema")
}

/// Code and underlined text of every finding; each must say what to type instead.
fn wrong(body: &str) -> Vec<(Code, String)> {
    let loaded = load_text(&text_of(body));
    for finding in &loaded.diagnostics {
        assert!(finding.help.is_some(), "{}", shown(&loaded));
        assert!(!finding.label.is_empty(), "{}", shown(&loaded));
    }
    assert_eq!(loaded.schema.is_none(), loaded.has_errors());
    let place = |span| loaded.sources.slice(span).to_owned();
    let findings = loaded.diagnostics.iter();
    findings
        .map(|d| (d.code.code().unwrap(), place(d.span)))
        .collect()
}

/// The one finding of a body: code, underlined text, message, help.
fn one(body: &str) -> (Code, String, String, String) {
    let loaded = load_text(&text_of(body));
    let [finding] = loaded.diagnostics.as_slice() else {
        panic!("expected one finding:\n{}", shown(&loaded));
    };
    let place = loaded.sources.slice(finding.span).to_owned();
    let help = finding.help.clone().unwrap_or_default();
    (
        finding.code.code().unwrap(),
        place,
        finding.message.clone(),
        help,
    )
}

/// Asserts that a body has one finding, at a place, whose help holds some words.
#[track_caller]
fn refused(body: &str, code: Code, place: &str, help: &str) {
    let (found, at, message, words) = one(body);
    assert_eq!((found, at.as_str()), (code, place), "{message}");
    assert!(words.contains(help), "{words}");
}

/// Findings of a schema in several files, each with the file's name; the first file is the root.
fn files(files: &[(&str, &str)]) -> (Option<Schema>, Vec<(Code, String, String)>) {
    let mut loader = MapLoader::new();
    for (name, text) in files {
        loader.insert(*name, *text);
    }
    let loaded = load(&loader, files[0].0);
    let findings = loaded.diagnostics.iter();
    let found = findings
        .map(|d| {
            let file = loaded.sources.name(d.span.file).to_owned();
            (
                d.code.code().unwrap(),
                file,
                loaded.sources.slice(d.span).to_owned(),
            )
        })
        .collect();
    (loaded.schema, found)
}

fn key<'a>(schema: &'a Schema, name: &str) -> &'a Key {
    let found = schema.keys.iter().find(|key| key.name.as_str() == name);
    found.expect("a key of that name")
}

fn ty<'a>(schema: &'a Schema, name: &str) -> &'a TypeDef {
    let found = schema.types.iter().find(|def| def.name.as_str() == name);
    found.expect("a type of that name")
}

/// One key called `k` with this structure and these lines.
fn keyed(lines: &str) -> String {
    format!("params: {{ id: uuid }}\nkeys:\n  k:\n    key: \"k:{{id}}\"\n{lines}")
}

/// One key with this structure.
fn structured(structure: &str) -> String {
    keyed(&format!("    ttl: 1h\n    {structure}\n"))
}
