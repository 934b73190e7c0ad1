//! `docs/changes.md` is what the rules say.

use std::path::Path;

use redis_schema_rules::breaking::reference;

#[test]
fn the_reference_of_the_rules_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/changes.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, reference()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == reference(),
        "docs/changes.md is not fresh: run this test with UPDATE=1"
    );
}
