//! A drill: damage to schemas, pages, generated code and example programs, each of which something must notice, while
//! what is not damaged raises no alarm. What breaks data must also be told for what it is.
//!
//! `cargo test -p redis-schema-cli --test drill` prints what was done, what was caught and what was missed.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod damage;
mod files;
mod keyspace;
mod programs;
#[path = "../cli/sandbox.rs"]
mod sandbox;
mod tally;

use std::fs;
use std::io::Write as _;
use std::thread;

use tally::Tally;

/// The least that makes a drill.
const LEAST: usize = 200;

const EXAMPLES: [&str; 5] = [
    "docpipe",
    "faultline",
    "image2model",
    "image2model-actual",
    "legal-docs",
];

#[test]
fn every_damage_is_noticed_and_nothing_else() {
    let all = thread::scope(|scope| {
        let mut parts = vec![
            scope.spawn(|| part(programs::compiled)),
            scope.spawn(|| part(programs::running)),
        ];
        for name in EXAMPLES {
            parts.push(scope.spawn(move || part(|tally| files::files(name, tally))));
        }
        Tally::join(parts.into_iter().map(|part| part.join().unwrap()))
    });
    let table = all.table();
    // Past what a test harness withholds, and where `scripts/test` finds it.
    let _ = write!(std::io::stdout(), "\n{table}\n");
    fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/drill.txt"), table).unwrap();
    assert_eq!(all.classes().len(), 4, "everything can be damaged");
    assert!(all.done() >= LEAST, "only {} could be done", all.done());
    assert!(all.false_alarms().is_empty(), "{:#?}", all.false_alarms());
    assert!(all.missed().is_empty(), "missed: {:#?}", all.missed());
}

fn part(drill: impl FnOnce(&mut Tally)) -> Tally {
    let mut tally = Tally::default();
    drill(&mut tally);
    tally
}
