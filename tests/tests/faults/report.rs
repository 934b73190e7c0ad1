//! What came of it, in numbers: a line for each table, and what they sum up to.

use std::cell::RefCell;
use std::fmt;
use std::time::Duration;

use redis_schema::{Error, ErrorKind, RetryClass};

use crate::sums;

/// Numbers of one table of operations.
#[derive(Debug, Default, Clone)]
pub struct Report {
    pub operations: u64,
    pub faults: u64,
    pub answered: u64,
    pub ambiguous: u64,
    pub refused: u64,
    pub doubled: Vec<String>,
    pub lost: Vec<String>,
    /// Acknowledged by a server that died before its replica knew: what a cluster does not promise.
    pub lost_in_fail_over: u64,
    pub longest: Duration,
}

/// An operation and what became of it.
pub struct Outcome {
    pub what: String,
    pub class: RetryClass,
    /// How often harm was done.
    pub fired: u64,
    pub ran: Ran,
    pub error: Option<Error>,
    pub took: Duration,
}

/// What servers tell of an operation, compared with what it does when nothing is in the way.
#[derive(Debug, Default, Clone, Copy)]
pub struct Ran {
    /// At all, if only in part.
    pub any: bool,
    /// Something of it more often.
    pub more: bool,
    /// Something of it less often.
    pub less: bool,
}

impl Ran {
    /// Compares numbers of runs, one for each server.
    pub fn compared(runs: &[u64], plain: &[u64]) -> Self {
        let pairs = || runs.iter().zip(plain);
        Self {
            any: runs.iter().any(|runs| *runs > 0),
            more: pairs().any(|(runs, plain)| runs > plain),
            less: pairs().any(|(runs, plain)| runs < plain),
        }
    }
}

thread_local! {
    static REPORT: RefCell<Report> = RefCell::default();
}

/// Adds to the numbers of this thread.
pub fn add(change: impl FnOnce(&mut Report)) {
    REPORT.with_borrow_mut(change);
}

/// Counts what became of an operation, and asserts that it is one of the things that may.
#[track_caller]
pub fn judge(outcome: &Outcome) {
    let Outcome { what, error, .. } = outcome;
    let kind = error.as_ref().map(Error::kind);
    let is_unsafe = outcome.class == RetryClass::Unsafe;
    add(|report| {
        report.operations += 1;
        report.faults += outcome.fired;
        report.longest = report.longest.max(outcome.took);
        match kind {
            None => report.answered += 1,
            Some(ErrorKind::Ambiguous) => report.ambiguous += 1,
            Some(_) => report.refused += 1,
        }
        if is_unsafe && outcome.ran.more {
            report.doubled.push(what.clone());
        }
        // What has ended before it came to the fault may have had nothing to do.
        let hit = outcome.fired > 0;
        if hit && kind.is_none() && outcome.ran.less {
            report.lost.push(what.clone());
        }
    });
    if let Some(error) = error {
        assert!(error.kind() != ErrorKind::Corrupt, "{what}: {error}");
        // What has run, and whose answer is lost, is never told as refused.
        let denied = is_unsafe && error.is_unavailable();
        assert!(
            !(denied && outcome.ran.any),
            "{what}: {error} although it has run"
        );
    }
}

/// Prints the numbers of this thread, writes them down beside those of the other tables, and asserts what must be
/// zero.
#[track_caller]
pub fn finish(table: &str) {
    let report = REPORT.take();
    println!("{table}: {report}");
    sums::add(table, report.numbers());
    assert!(report.faults > 0, "{table}: nothing was put in the way");
    assert!(report.doubled.is_empty(), "doubled: {:#?}", report.doubled);
    assert!(report.lost.is_empty(), "lost: {:#?}", report.lost);
}

impl Report {
    /// In the order of [`sums::COLUMNS`].
    fn numbers(&self) -> sums::Numbers {
        [
            self.operations,
            self.faults,
            self.answered,
            self.ambiguous,
            self.refused,
            self.doubled.len() as u64,
            self.lost.len() as u64,
            self.lost_in_fail_over,
            self.longest.as_millis().try_into().unwrap(),
        ]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} operations tried, {} faults injected: {} answered all the same, {} ambiguous, {} refused, {} doubled, \
             {} lost though acknowledged, {} lost in a fail-over, longest stall {} ms",
            self.operations,
            self.faults,
            self.answered,
            self.ambiguous,
            self.refused,
            self.doubled.len(),
            self.lost.len(),
            self.lost_in_fail_over,
            self.longest.as_millis()
        )
    }
}
