//! The language as data and as a page.

use serde_json::Value;
use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn the_json_schema_is_the_committed_one() {
    let printed = Sandbox::new()
        .run(&["json-schema"])
        .exits(0)
        .says(str![""])
        .stdout;
    let committed = include_str!("../../../schema/redis-schema.v1.json");
    assert!(
        printed == committed,
        "run: redis-schema json-schema > schema/redis-schema.v1.json"
    );
    let schema: Value = serde_json::from_str(&printed).unwrap();
    assert!(schema["properties"]["keys"].is_object());
}

#[test]
fn the_reference_describes_every_field_of_the_root() {
    let sandbox = Sandbox::new();
    let page = sandbox.run(&["reference"]).exits(0).says(str![""]).stdout;
    let schema: Value = serde_json::from_str(&sandbox.run(&["json-schema"]).stdout).unwrap();
    for field in schema["properties"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("`{field}`")), "{field}");
    }
}

#[test]
fn the_reference_of_lint_rules_is_the_committed_one() {
    let page = Sandbox::new()
        .run(&["reference", "--lints"])
        .exits(0)
        .stdout;
    assert!(
        page == include_str!("../../../docs/lints.md"),
        "run: redis-schema reference --lints > docs/lints.md"
    );
}
