//! What came of a pass, in numbers.

use std::cell::RefCell;
use std::fmt;
use std::time::Duration;

/// Numbers of one table of accessors.
#[derive(Debug, Default, Clone)]
pub struct Report {
    pub operations: u64,
    pub faults: u64,
    pub answered: u64,
    pub ambiguous: u64,
    pub refused: u64,
    pub doubled: Vec<String>,
    pub lost: Vec<String>,
    pub longest: Duration,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} operations tried, {} faults injected: {} answered all the same, {} ambiguous, {} refused, {} doubled, \
             {} lost though acknowledged, longest stall {} ms",
            self.operations,
            self.faults,
            self.answered,
            self.ambiguous,
            self.refused,
            self.doubled.len(),
            self.lost.len(),
            self.longest.as_millis()
        )
    }
}

thread_local! {
    static REPORT: RefCell<Report> = RefCell::default();
}

/// Adds to the numbers of this thread.
pub fn add(change: impl FnOnce(&mut Report)) {
    REPORT.with_borrow_mut(change);
}

/// Prints the numbers and asserts what must be zero.
#[track_caller]
pub fn finish(table: &str) {
    let report = REPORT.take();
    println!("{table}: {report}");
    assert!(report.faults > 0, "{table}: nothing was put in the way");
    assert!(report.doubled.is_empty(), "doubled: {:#?}", report.doubled);
    assert!(report.lost.is_empty(), "lost: {:#?}", report.lost);
}
