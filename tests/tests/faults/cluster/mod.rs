//! Operations on a cluster whose servers are each behind a proxy, one of which does harm.
//!
//! The harm hits the server that has the operation's keys, or one of several; what the others did must not be
//! done again, nor denied.

mod behind;
mod operations;

use std::time::Instant;

use redis_schema::RetryClass;

use behind::Behind;
use operations::{ALL, Operation};

use crate::point::Point;
use crate::report::{self, Outcome, Ran};

/// What an operation does when nothing goes wrong.
struct Plain {
    /// Frames that the server which will be harmed has got.
    frames: u64,
    /// The command of the servers' statistics that tells how often it ran, and how often that was at each.
    tracked: Option<String>,
    runs: Vec<u64>,
}

#[test]
fn operations_on_a_cluster_run_once_or_say_why_not() {
    let mut behind = Behind::start();
    for operation in ALL {
        let plain = plainly(&mut behind, operation);
        for point in Point::all() {
            if let Some(rule) = point.rule(plain.frames) {
                behind.make_ready();
                behind.harmed().inject(rule, point.fault.clone());
                let what = format!("{} through {point:?}", operation.name);
                through(&mut behind, operation, &plain, what);
            }
        }
        behind.make_ready();
        behind.take_away();
        let what = format!("{} without its server", operation.name);
        through(&mut behind, operation, &plain, what);
    }
    report::finish("cluster");
}

fn plainly(behind: &mut Behind, operation: &Operation) -> Plain {
    behind.make_ready();
    let run = (operation.run)(&behind.patient, behind.ids);
    behind.runtime.block_on(run).unwrap();
    let tracked = behind.tracked();
    Plain {
        frames: behind.harmed().commands(),
        runs: behind.runs(tracked.as_deref()),
        tracked,
    }
}

fn through(behind: &mut Behind, operation: &Operation, plain: &Plain, what: String) {
    let start = Instant::now();
    let answer = behind.hasty((operation.run)(&behind.hasty, behind.ids));
    let took = start.elapsed();
    let answer = answer.unwrap_or_else(|_| panic!("{what}: no answer and no error in time"));
    // Without its server the operation meets no rule, and yet a fault.
    let fired = behind
        .harmed()
        .fired()
        .max(u64::from(what.ends_with("server")));
    if fired == 0 {
        println!("not met: {what}");
    }
    behind.mend(answer.is_err());
    let runs = behind.runs(plain.tracked.as_deref());
    let class = (operation.class)(&behind.hasty, behind.ids);
    let mut ran = Ran::compared(&runs, &plain.runs);
    // A replica may have answered a read that its key leaves to replicas.
    ran.less &= class != RetryClass::Read;
    report::judge(&Outcome {
        class,
        what,
        fired,
        ran,
        error: answer.err(),
        took,
    });
}
