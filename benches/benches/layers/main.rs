//! What metrics and a circuit breaker cost a call: a store with both, whose metrics are collected for
//! Prometheus, against a program that has the runtime without them. Sending again is part of both: a call
//! pays nothing for it until something fails.
//!
//! A feature belongs to a whole program, so there are two, built from this file and fed in turns over pipes.
//! Ratios are medians of the ratios of neighbouring rounds. `REDIS_URL` names a server; without it an
//! ephemeral `redis-server` is started and stopped. Words after `--` choose kinds of work.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod programs;
mod work;
mod worker;

use redis_schema_benches::{Counting, Middle};
use redis_schema_test_server::{Protocol, Server};

use programs::Program;
use work::Work;
use worker::Figures;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The least share of the bare throughput.
const LIMIT: f64 = 0.97;
/// Pairs of neighbouring rounds: many, as a busy machine changes its speed within seconds, each long enough that
/// who was asleep before it does not count.
const PAIRS: usize = 151;
/// Callers, and calls of one round.
const CALLERS: [(usize, usize); 3] = [(1, 2_000), (64, 20_000), (512, 20_000)];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [worker, variant, url] = &words[..]
        && worker == worker::ARGUMENT
    {
        return worker::serve(variant, url);
    }
    let server = std::env::var("REDIS_URL").is_err().then(Server::start);
    let url = server.as_ref().map_or_else(
        || std::env::var("REDIS_URL").unwrap_or_default(),
        |server| server.url(Protocol::Resp2, 0),
    );
    let mut sides = [
        Program::start(worker::BARE, &url),
        Program::start(worker::OBSERVED, &url),
    ];
    let wanted = |work: &Work| {
        let mut parts = words
            .iter()
            .filter(|word| !word.starts_with("--"))
            .peekable();
        parts.peek().is_none() || parts.any(|part| work.name().contains(part.as_str()))
    };
    for work in Work::ALL.into_iter().filter(wanted) {
        for (callers, calls) in CALLERS {
            compare(&mut sides, work, callers, calls);
        }
    }
}

fn compare(sides: &mut [Program; 2], work: Work, callers: usize, calls: usize) {
    let (mut speed, mut cpu, mut added) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..PAIRS {
        let mut figures = [Figures::default(); 2];
        for turn in 0..2 {
            let side = (turn + pair) % 2;
            figures[side] = sides[side].round(work, callers, calls);
        }
        let [bare, observed] = figures;
        speed.push(observed.calls_a_second / bare.calls_a_second);
        cpu.push(observed.cpu_micros / bare.cpu_micros);
        added.push(observed.allocations - bare.allocations);
    }
    println!(
        "{:<14} {callers:>3} callers  throughput x {} (limit {LIMIT})  client CPU x {}  {:+.2} allocations a call (limit 1)",
        work.name(),
        Middle::of(speed),
        Middle::of(cpu),
        Middle::of(added).median,
    );
}
