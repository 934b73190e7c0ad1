use std::time::Duration;

use super::{Name, Value};
use crate::source::Span;

/// Tasks that are claimed for a while, acknowledged, and tried again. What they carry lies under a key that is declared with this one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WorkQueue {
    /// What a task carries.
    pub payload: Value,
    /// For so long a claimed task is left to its worker.
    pub lease: Duration,
    /// How often a task is claimed before it is dead; at least once.
    pub max_attempts: u32,
    /// How long a task waits that could not be done; without it, not at all.
    pub backoff: Option<Backoff>,
    /// The most urgent first; none where all tasks are alike.
    pub priorities: Vec<Name>,
    /// What is known of tasks that are over.
    pub keep: Keep,
    /// Where it was declared.
    pub span: Span,
}

/// How long a task waits that could not be done: twice as long after each attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backoff {
    /// After the first attempt.
    pub first: Duration,
    /// At most.
    pub max: Duration,
}

/// What is known of tasks that are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keep {
    /// How long the id of a task is known that is done.
    pub done: Duration,
    /// How long a task is kept that is given up.
    pub dead: Duration,
    /// How many of those at most.
    pub max_dead: u32,
}
