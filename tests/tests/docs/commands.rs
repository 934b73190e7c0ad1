//! The page of every accessor is up to date: `UPDATE=1 cargo test -p redis-schema-tests --test docs` writes it.

use std::fs;
use std::path::Path;

use redis_schema_codegen::docs::commands;

#[test]
fn the_page_of_commands_is_the_one_committed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/commands.md");
    let made = commands();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, made).unwrap();
        return;
    }
    assert!(
        fs::read_to_string(path).unwrap() == made,
        "run with UPDATE=1"
    );
}
