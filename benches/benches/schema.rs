//! What the compiler half costs: check, generate and docs of schemas with 1,000 and 10,000 keys.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use redis_schema_benches::{large, median};
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
        println!(
            "  check     {:>8.1} ms",
            millis(5, || drop(std::hint::black_box(load_text(&text))))
        );
    }
}
