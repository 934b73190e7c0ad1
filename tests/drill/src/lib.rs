//! The example programs with mistakes in them, each of which can be switched on, and the programs' own tests.
//!
//! All mistakes are compiled at once: what a program does is chosen when it runs. The text comes from the files of the
//! examples, so it cannot differ from them in anything else.

#![allow(missing_docs, clippy::panic)]

mod switches;

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::timeout;

pub use switches::{PROGRAMS, Program, Switch, switches};

/// The number of the switch that is on; 0 for none.
static ON: AtomicUsize = AtomicUsize::new(0);

/// Turns one switch on, and every other off. They are counted from 1, in the order of [`switches`]; 0 turns all off.
pub fn turn_on(number: usize) {
    ON.store(number, Ordering::SeqCst);
}

fn is_on(number: usize) -> bool {
    ON.load(Ordering::SeqCst) == number
}

/// A test of an example program; it fails by a panic.
#[derive(Debug, Clone, Copy)]
pub struct Test {
    pub name: &'static str,
    pub run: fn(),
}

/// The tests of a program.
#[must_use]
pub fn tests(program: &str) -> &'static [Test] {
    match program {
        "faultline" => faultline::TESTS,
        "image2model" => image2model::TESTS,
        _ => &[],
    }
}

/// What damage makes wait for ever is noticed too.
const LIMIT: Duration = Duration::from_secs(60);

fn run(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build();
    match runtime {
        Ok(runtime) => {
            let ended = runtime.block_on(async { timeout(LIMIT, test).await });
            assert!(ended.is_ok(), "it waits for ever");
        }
        Err(error) => panic!("{error}"),
    }
}

mod faultline {
    pub(crate) use example_faultline::keyspace;
    include!(concat!(env!("OUT_DIR"), "/faultline.rs"));
}

mod image2model {
    pub(crate) use example_image2model::keyspace;
    include!(concat!(env!("OUT_DIR"), "/image2model.rs"));
}
