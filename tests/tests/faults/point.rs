//! Where in an operation a fault happens.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use redis_schema_test_server::{Fault, When};

/// Which frame of an operation is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    First,
    Last,
}

/// A fault at a frame.
#[derive(Debug, Clone)]
pub struct Point {
    pub fault: Fault,
    pub at: At,
}

impl Point {
    /// Every fault at every frame.
    pub fn all() -> Vec<Self> {
        let both = |fault: Fault| {
            [At::First, At::Last].map(|at| Self {
                fault: fault.clone(),
                at,
            })
        };
        Fault::all().into_iter().flat_map(both).collect()
    }

    /// The rule for the proxy; `None` where the operation has no such frame of its own.
    pub fn rule(&self, frames: u64) -> Option<When> {
        match (self.at, frames) {
            (_, 0) | (At::Last, 1) => None,
            (At::First, _) => Some(When::any().once()),
            (At::Last, frames) => Some(When::any().nth(frames)),
        }
    }
}

/// What an operation does when nothing goes wrong.
#[derive(Debug, Clone)]
pub struct Plain {
    /// Frames that it sends.
    pub frames: u64,
    /// The command of the server's statistics that tells how often it ran: `exec` of a transaction.
    pub tracked: Option<String>,
}

thread_local! {
    /// The fault of this pass; none in the first, which sees what is plain.
    static POINT: RefCell<Option<Point>> = const { RefCell::new(None) };
    static PLAIN: RefCell<HashMap<(String, usize), Plain>> = RefCell::default();
    /// Operations run so far in this pass, which names them: the order is the same in every pass.
    static NUMBER: Cell<usize> = const { Cell::new(0) };
}

/// Runs the operations once plainly and once for every fault.
pub fn through_all(run: impl Fn()) {
    POINT.set(None);
    PLAIN.take();
    NUMBER.set(0);
    run();
    for point in Point::all() {
        POINT.set(Some(point));
        NUMBER.set(0);
        run();
    }
    POINT.set(None);
}

/// The number of the next operation.
pub fn next() -> usize {
    NUMBER.replace(NUMBER.get() + 1)
}

/// The fault of this pass.
pub fn current() -> Option<Point> {
    POINT.with_borrow(Clone::clone)
}

/// Keeps what the operation that is run as the n-th of its pass does plainly.
pub fn note(name: &str, number: usize, plain: Plain) {
    PLAIN.with_borrow_mut(|all| all.insert((name.to_owned(), number), plain));
}

/// What was kept.
pub fn plain(name: &str, number: usize) -> Option<Plain> {
    PLAIN.with_borrow(|all| all.get(&(name.to_owned(), number)).cloned())
}
