//! What emitted code costs a user's build: lines and `cargo check` time per simple key at 900 keys, and the
//! rebuild after an edit of one constant.
//!
//! Writes a crate under `target/compile-bench` and builds it with its own target folder.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use redis_schema_benches::{against, large, least};
use redis_schema_codegen::rust::{Options, emit_file};
use redis_schema_model::load::load_text;

const KEYS: usize = 900;
const ROUNDS: usize = 5;

fn emitted(keys: usize, first_lifetime: usize) -> String {
    let text = large::simple(keys).replace("ttl: 3600s", &format!("ttl: {first_lifetime}s"));
    let loaded = load_text(&text);
    emit_file(&loaded.schema.unwrap(), &Options::default())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .join("target/compile-bench")
}

fn write_crate(code: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let manifest = format!(
        "[package]\nname = \"large\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\nredis-schema = {{ path = {:?}, default-features = false, features = [\"json\"] }}\n",
        root.join("runtime")
    );
    std::fs::create_dir_all(folder().join("src")).unwrap();
    std::fs::write(folder().join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root.join("Cargo.lock"), folder().join("Cargo.lock")).unwrap();
    std::fs::write(
        folder().join("src/lib.rs"),
        "#![allow(dead_code)]\npub mod large;\n",
    )
    .unwrap();
    std::fs::write(folder().join("src/large.rs"), code).unwrap();
}

/// Seconds of `cargo check` after the code was replaced.
fn check(code: &str, incremental: bool) -> f64 {
    std::fs::write(folder().join("src/large.rs"), code).unwrap();
    let start = Instant::now();
    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(folder())
        .env("CARGO_TARGET_DIR", folder().join("target"))
        .env("CARGO_INCREMENTAL", if incremental { "1" } else { "0" })
        .status()
        .unwrap();
    assert!(status.success());
    start.elapsed().as_secs_f64()
}

fn main() {
    let [one, many, edited] =
        [(1, 3600), (KEYS, 3600), (KEYS, 3601)].map(|(keys, ttl)| emitted(keys, ttl));
    let lines = |code: &str| code.lines().count() as f64;
    println!("a simple key, at {KEYS} keys");
    let each = (lines(&many) - lines(&one)) / (KEYS - 1) as f64;
    against("emitted lines", each, 20.0, "lines");
    write_crate(&one);
    check(&one, false);
    let (mut bases, mut wholes) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bases.push(check(&one, false));
        wholes.push(check(&many, false));
    }
    let each = (least(&wholes) - least(&bases)) * 1e3 / (KEYS - 1) as f64;
    against("cargo check", each, 1.0, "ms");
    check(&many, true);
    let edits: Vec<f64> = (0..ROUNDS)
        .flat_map(|_| [check(&edited, true), check(&many, true)])
        .collect();
    println!("a crate of {KEYS} keys");
    against(
        "cargo check after an edit of one constant",
        least(&edits),
        0.8,
        "s",
    );
}
