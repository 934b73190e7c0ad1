//! What the rounds have cost, and the table of it.

use redis_schema_benches::{Middle, ratio};

/// The place of the accessors under test among the contenders.
const OURS: usize = 1;

/// A server that is busy for more of its core than this has no more to give, whoever asks.
const FULL: f64 = 0.95;

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

impl Seen {
    /// The share of its core for which the server was busy.
    fn server_share(&self) -> f64 {
        let rounds = self.server_micros.iter().zip(&self.commands_a_second);
        let shares = rounds.map(|(micros, speed)| micros * speed / 1e6);
        Middle::of(shares.collect()).median
    }

    fn line(&self, name: &str, first: &Self) -> String {
        let middle = |values: &[f64]| Middle::of(values.to_vec()).median;
        format!(
            "{name:<14} {:>9.0} commands/s x {:.3}  CPU {:>6.2} us x {:.3}, server {:>5.2} us ({:>3.0} % of its core)  {:>6.2} allocations",
            middle(&self.commands_a_second),
            ratio(&self.commands_a_second, &first.commands_a_second).median,
            middle(&self.cpu_micros),
            ratio(&self.cpu_micros, &first.cpu_micros).median,
            middle(&self.server_micros),
            self.server_share() * 100.0,
            middle(&self.allocations),
        )
    }
}

/// Prints a line for each contender, beside the first, and how the accessors do beside each of the others.
pub(crate) fn print(names: &[&str], callers: usize, seen: &[Seen]) {
    for (name, it) in names.iter().zip(seen) {
        println!("  {}", it.line(name, &seen[0]));
    }
    let beside = names.iter().zip(seen).enumerate();
    let beside: Vec<String> = (beside.filter(|(at, _)| *at != OURS))
        .map(|(at, (name, it))| {
            let speed = ratio(&seen[OURS].commands_a_second, &it.commands_a_second);
            format!("{name} x {speed} (limit {})", limit(at, callers, it))
        })
        .collect();
    println!("  {} beside {}", names[OURS], beside.join(", "));
}

/// The least multiple of a contender's throughput: more than that of redis-rs by hand where callers can be
/// batched and the server can do more, and no less than that of any client.
fn limit(contender: usize, callers: usize, seen: &Seen) -> f64 {
    match (contender, callers) {
        (0, 1) => 0.98,
        (0, _) if seen.server_share() < FULL => 1.05,
        _ => 1.0,
    }
}
