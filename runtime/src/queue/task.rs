//! Tasks: what is added, what is claimed, and what becomes of it.

use std::time::{Duration, SystemTime};

use super::Priority;
use crate::error::Result;
use crate::lock::Token;

/// How a task is added, beside its payload.
///
/// ```
/// # use redis_schema::queue::Enqueue;
/// # use std::time::Duration;
/// let tomorrow: Enqueue = Enqueue::new().id("report-7").after(Duration::from_secs(86_400));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Enqueue<P = ()> {
    pub(super) id: Option<String>,
    pub(super) delay: Duration,
    pub(super) priority: P,
}

impl Enqueue {
    /// At once, with an id of its own.
    pub const fn new() -> Self {
        Self::at(())
    }
}

impl Default for Enqueue {
    fn default() -> Self {
        Self::new()
    }
}

impl<P> Enqueue<P> {
    /// With a priority, at once, with an id of its own.
    pub const fn at(priority: P) -> Self {
        Self {
            id: None,
            delay: Duration::ZERO,
            priority,
        }
    }

    /// Under this id, of 1 to 512 bytes: while a task of that id is known, another one is a duplicate. It is known until it is done, and
    /// then for as long as the schema's `keep:` says.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Not to be claimed before so much time is over, by the server's clock.
    pub const fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

impl<P> From<P> for Enqueue<P> {
    fn from(priority: P) -> Self {
        Self::at(priority)
    }
}

/// What became of a task that was to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enqueued {
    /// It was added, under this id.
    Added(String),
    /// A task of this id is known already: nothing was added.
    Duplicate(String),
}

impl Enqueued {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Added(id) | Self::Duplicate(id) => id,
        }
    }

    /// Whether it was added.
    #[must_use]
    pub const fn is_added(&self) -> bool {
        matches!(self, Self::Added(_))
    }
}

/// One worker's hold of one task: what [`ack`](crate::Handle::ack) and the others are asked with. Who claims the task later has another one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    pub(super) id: String,
    pub(super) token: Token,
}

impl Claim {
    /// The claim that another process passed on.
    #[must_use]
    pub fn new(id: impl Into<String>, token: Token) -> Self {
        let id = id.into();
        Self { id, token }
    }

    /// The task's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What tells this claim from others of the same task.
    #[must_use]
    pub const fn token(&self) -> &Token {
        &self.token
    }
}

impl AsRef<Self> for Claim {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// A task that was claimed.
#[derive(Debug)]
#[non_exhaustive]
#[must_use = "a task that nobody acknowledges is worked on again when its lease is over"]
pub struct Task<V, P = ()> {
    /// Whose it is.
    pub claim: Claim,
    /// How often it was claimed, this time included.
    pub attempt: u32,
    /// How urgent it is.
    pub priority: P,
    /// What it carries; an error of kind [`Corrupt`](crate::ErrorKind::Corrupt) where that cannot be read, which other tasks of the same
    /// claim know nothing of.
    pub payload: Result<V>,
}

impl<V, P> Task<V, P> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.claim.id()
    }
}

impl<V, P> AsRef<Claim> for Task<V, P> {
    fn as_ref(&self) -> &Claim {
        &self.claim
    }
}

/// What became of an acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acked {
    /// The task is done, by this claim: also when the acknowledgement is repeated.
    Done,
    /// The task is done already, by another claim: this one was late, and the work was done twice.
    AlreadyDone,
    /// The claim is lost: its lease had ended, and somebody else has the task or will have it. Also when nothing is known of the task.
    Lost,
}

/// What became of a task that was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenBack {
    /// It is tried again, in so much time at the earliest.
    Waits(Duration),
    /// It is dead: no attempt was left, or the worker said so.
    Dead,
    /// The claim is lost: somebody else has the task, will have it, or has done it.
    Lost,
}

/// What is known of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// It may be claimed.
    Waiting,
    /// A worker has it, or had it until its lease ended.
    Claimed,
    /// It is not due yet; or it is, and nobody has asked since.
    Delayed,
    /// It is given up.
    Dead,
    /// It is done.
    Done,
}

/// A task that is given up.
#[derive(Debug)]
#[non_exhaustive]
pub struct DeadTask<V, P = ()> {
    /// Its id.
    pub id: String,
    /// When it was given up, by the server's clock.
    pub at: SystemTime,
    /// How often it was claimed.
    pub attempts: u32,
    /// How urgent it was; nothing where the schema has no such priority any more.
    pub priority: Option<P>,
    /// Why, in the words of the last worker that said something.
    pub why: String,
    /// What it carries.
    pub payload: Result<V>,
}

/// How many tasks there are.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueueStats<P = ()> {
    /// Nothing is claimed at present.
    pub paused: bool,
    /// How many wait of each priority.
    pub waiting: Vec<(P, u64)>,
    /// How many are not due yet, or not promoted yet.
    pub delayed: u64,
    /// How many workers have, those with an ended lease included that nobody has claimed since.
    pub claimed: u64,
    /// How many are given up.
    pub dead: u64,
    /// How many are known to be done.
    pub done: u64,
}

impl<P: Priority> QueueStats<P> {
    /// How many wait in all.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.waiting.iter().map(|(_, count)| count).sum()
    }

    /// How many there are to be done: those that wait, are delayed, or are claimed.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.waiting() + self.delayed + self.claimed
    }
}
