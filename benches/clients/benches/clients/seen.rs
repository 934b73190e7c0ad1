//! What the rounds have cost, and the table of it.

use redis_schema_benches::{median, ratio};

/// The place of the accessors under test among the contenders.
const OURS: usize = 1;

/// What each round of one contender cost, for each command.
#[derive(Default, Clone)]
pub(crate) struct Seen {
    pub(crate) commands_a_second: Vec<f64>,
    /// Of this program.
    pub(crate) cpu_micros: Vec<f64>,
    /// Of the server.
    pub(crate) server_micros: Vec<f64>,
    pub(crate) allocations: Vec<f64>,
}

/// Prints a line for each contender, beside the first, and how the accessors do beside each of the others.
pub(crate) fn print(names: &[&str], callers: usize, seen: &[Seen]) {
    let middle = |values: &[f64]| median(&mut values.to_vec());
    for (name, it) in names.iter().zip(seen) {
        println!(
            "  {name:<14} {:>9.0} commands/s x {:.3}  CPU {:>6.2} us x {:.3}, server {:>5.2} us  {:>6.2} allocations",
            middle(&it.commands_a_second),
            ratio(&it.commands_a_second, &seen[0].commands_a_second),
            middle(&it.cpu_micros),
            ratio(&it.cpu_micros, &seen[0].cpu_micros),
            middle(&it.server_micros),
            middle(&it.allocations),
        );
    }
    let beside = names.iter().zip(seen).enumerate();
    let beside: Vec<String> = (beside.filter(|(at, _)| *at != OURS))
        .map(|(at, (name, it))| {
            let speed = ratio(&seen[OURS].commands_a_second, &it.commands_a_second);
            format!("{name} x {speed:.3} (limit {})", limit(at, callers))
        })
        .collect();
    println!("  {} beside {}", names[OURS], beside.join(", "));
}

/// The least multiple of a contender's throughput: more than that of redis-rs by hand where callers can be
/// batched, and no less than that of any client.
const fn limit(contender: usize, callers: usize) -> f64 {
    match (contender, callers) {
        (0, 1) => 0.98,
        (0, _) => 1.05,
        _ => 1.0,
    }
}
