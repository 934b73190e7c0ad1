//! What the compiler half costs, without the process around it: check, lint, generate and docs of a schema with 1,000
//! keys, check and lint of one with 10,000.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use mimalloc::MiMalloc;
use redis_schema_benches::{against, large, least};
use redis_schema_codegen::docs;
use redis_schema_codegen::rust::{self, emit_file};
use redis_schema_model::load::load_text;
use redis_schema_rules::lint::{self, Chosen, Given};

/// As in the command.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// Milliseconds that generation and pages of 1,000 keys may take together.
const TOGETHER: f64 = 100.0;
/// Keys, and the milliseconds that checking so many may take; lint may take a tenth of that.
const SIZES: [(usize, f64); 2] = [(1_000, 50.0), (10_000, 1_000.0)];

fn millis(rounds: usize, mut run: impl FnMut()) -> f64 {
    let seen: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    least(&seen)
}

fn main() {
    for (keys, limit) in SIZES {
        let text = large::schema(keys);
        let loaded = load_text(&text);
        for finding in loaded.diagnostics.iter().take(3) {
            println!("{} {}", finding.code, finding.message);
        }
        println!("{keys} keys, {} KB", text.len() / 1000);
        let report = |what: &str, millis: f64| println!("  {what:<44} {millis:>8.2} ms");
        let check = millis(5, || drop(black_box(load_text(&text))));
        against("check", check, limit, "ms");
        let rules = || lint::run(&loaded, &Chosen::default(), Given::default());
        let rules = millis(5, || drop(black_box(rules())));
        against("lint, the standard rules", rules, limit / 10.0, "ms");
        if keys > 1_000 {
            continue;
        }
        let schema = loaded.schema.unwrap();
        let code = || emit_file(&schema, &rust::Options::default());
        let pages = || docs::render(&schema, &docs::Options::default()).unwrap();
        let code = millis(9, || drop(black_box(code())));
        let pages = millis(9, || drop(black_box(pages())));
        report("generate", code);
        report("docs", pages);
        against("generate and docs", code + pages, TOGETHER, "ms");
    }
}
