//! What a schema says of a queue.

use std::fmt;
use std::time::Duration;

use crate::key::Key;

/// A queue, with what the schema says of it. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "the schema does not say how tasks of `{Self}` are worked on",
    label = "not declared as `queue:`"
)]
pub trait Queued: Key {
    /// How its tasks are worked on.
    const RULE: QueueRule;
}

/// How tasks of a queue are worked on. All times are in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueRule {
    pub(super) lease: u64,
    pub(super) attempts: u32,
    /// 0 where a task that could not be done does not wait.
    pub(super) first: u64,
    pub(super) longest: u64,
    pub(super) done: u64,
    pub(super) dead: u64,
    pub(super) most_dead: u32,
}

impl QueueRule {
    /// For so long a claimed task is left to its worker, and so often it is claimed.
    #[must_use]
    pub const fn new(lease: u64, attempts: u32) -> Self {
        Self {
            lease,
            attempts,
            first: 0,
            longest: 0,
            done: 3_600_000,
            dead: 1_209_600_000,
            most_dead: 10_000,
        }
    }

    /// How long a task waits that could not be done.
    #[must_use]
    pub const fn backoff(mut self, first: u64, longest: u64) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// For how long done tasks and dead ones are known, and how many of the latter.
    #[must_use]
    pub const fn keep(mut self, done: u64, dead: u64, most_dead: u32) -> Self {
        self.done = done;
        self.dead = dead;
        self.most_dead = most_dead;
        self
    }

    pub(super) const fn lease(&self) -> Duration {
        Duration::from_millis(self.lease)
    }
}

/// The priorities of a queue: an enum of the generated code, or `()` where all tasks are alike.
pub trait Priority: Copy + fmt::Debug + Send + Sync + Unpin + 'static {
    /// All of them, the most urgent first.
    const ALL: &'static [Self];

    /// Its place in the list.
    fn rank(self) -> usize;
}

impl Priority for () {
    const ALL: &'static [Self] = &[()];

    fn rank(self) -> usize {
        0
    }
}
