//! What the compiler half costs: check, generate and docs of a schema with 1,000 keys, check of one with 10,000.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use redis_schema_benches::{large, median};
use redis_schema_codegen::docs;
use redis_schema_codegen::rust::{self, emit_file};
use redis_schema_model::load::load_text;

fn millis(rounds: usize, mut run: impl FnMut()) -> f64 {
    let mut seen: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    median(&mut seen)
}

fn main() {
    for keys in [1_000, 10_000] {
        let text = large::schema(keys);
        let loaded = load_text(&text);
        for finding in loaded.diagnostics.iter().take(3) {
            println!("{} {}", finding.code, finding.message);
        }
        println!("{keys} keys, {} KB", text.len() / 1000);
        let report = |what: &str, millis: f64| println!("  {what:<9} {millis:>8.1} ms");
        report("check", millis(5, || drop(black_box(load_text(&text)))));
        if keys > 1_000 {
            continue;
        }
        let schema = loaded.schema.unwrap();
        let code = || emit_file(&schema, &rust::Options::default());
        report("generate", millis(5, || drop(black_box(code()))));
        let pages = || docs::render(&schema, &docs::Options::default()).unwrap();
        report("docs", millis(5, || drop(black_box(pages()))));
    }
}
