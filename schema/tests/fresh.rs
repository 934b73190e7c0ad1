//! What is written out from the field table is committed as it would be written now.
//!
//! `UPDATE=1 cargo test -p redis-schema-model --test fresh` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use redis_schema_model::language::{json_schema, reference};

fn compare(path: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("writable");
        std::fs::write(&path, now).expect("writable");
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let line = committed
        .lines()
        .zip(now.lines())
        .take_while(|(a, b)| a == b)
        .count()
        + 1;
    assert!(
        committed == now,
        "{} differs from line {line} on; run this test with UPDATE=1",
        path.display()
    );
}

#[test]
fn the_json_schema_is_fresh() {
    compare("redis-schema.v1.json", &json_schema());
}

#[test]
fn the_reference_is_fresh() {
    compare("../docs/language.md", &reference());
}
