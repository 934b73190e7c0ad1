//! Mistakes that compile: the programs' own tests must notice each.

use std::panic::catch_unwind;

use redis_schema_tests_drill::{switches, tests, turn_on};

use crate::tally::{Class, Tally};

pub(crate) fn running(tally: &mut Tally) {
    turn_on(0);
    for program in ["faultline", "image2model"] {
        let alarm = first_failure(program);
        tally.alarms(&Vec::from_iter(alarm));
    }
    for (number, switch) in (1..).zip(switches()) {
        turn_on(number);
        let noticed = first_failure(switch.program);
        let place = format!("{}/{}: {}", switch.program, switch.file, switch.to);
        let by = noticed.map(|_| "the program's tests".to_owned());
        tally.add(Class::Program, switch.kind, &place, by);
    }
    turn_on(0);
}

/// The first test of a program that fails.
fn first_failure(program: &str) -> Option<String> {
    let mut all = tests(program).iter();
    let fails = |run: fn()| catch_unwind(run).is_err();
    all.find(|test| fails(test.run))
        .map(|test| format!("{program}: {}", test.name))
}
