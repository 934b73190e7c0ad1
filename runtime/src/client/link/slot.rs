//! Where one request waits for its answer.

use std::task::Waker;
use std::time::Duration;

use redis::Value;
use tokio::time::Instant;

use crate::client::failure::Failure;
use crate::client::request::{Expect, Replies};

/// Where one request waits for its answer. It is used again when both its caller and the wire are done.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) stage: Stage,
    /// Replies are still to come.
    pub(super) on_wire: bool,
    pub(super) expect: Expect,
    /// More than one reply is handed out.
    many: bool,
    values: Vec<Value>,
    /// The first error among replies that are not handed out.
    error: Option<Value>,
    pub(super) waker: Option<Waker>,
    /// Offsets of its bytes among all that the connection sends.
    pub(super) bytes: std::ops::Range<u64>,
    /// Nothing of it runs before its last byte has come.
    pub(super) indivisible: bool,
    pub(super) timeout: Option<Duration>,
    /// When it is next to be looked at: when its time is over, and then whether the server is silent.
    pub(super) due: Option<Instant>,
    pub(super) sent: Option<Instant>,
}

#[derive(Debug)]
pub(super) enum Stage {
    /// The caller waits.
    Waiting,
    /// The answer waits.
    Done(Result<Replies, Failure>),
    /// The caller has gone.
    Gone,
}

impl Slot {
    pub(super) fn new() -> Self {
        Self {
            stage: Stage::Gone,
            on_wire: false,
            expect: Expect { skip: 0, take: 0 },
            many: false,
            values: Vec::new(),
            error: None,
            waker: None,
            bytes: 0..0,
            indivisible: true,
            timeout: None,
            due: None,
            sent: None,
        }
    }

    /// Prepares it for another request.
    #[inline]
    pub(super) fn begin(&mut self, expect: Expect, waker: Option<&Waker>) {
        self.stage = Stage::Waiting;
        self.on_wire = true;
        self.expect = expect;
        self.many = expect.take != 1;
        self.waker = waker.cloned();
        self.due = None;
        self.sent = None;
        if self.many {
            self.values.reserve_exact((expect.take as usize).min(4096));
        }
    }

    /// Takes a reply; whether it was the last one.
    #[inline]
    pub(super) fn accept(&mut self, value: Value) -> bool {
        if self.expect.skip > 0 {
            self.expect.skip -= 1;
            if self.error.is_none() && matches!(value, Value::ServerError(_)) {
                self.error = Some(value);
            }
            return false;
        }
        self.expect.take = self.expect.take.saturating_sub(1);
        if self.many {
            // Nobody will ask for what comes for a caller that has gone.
            if matches!(self.stage, Stage::Waiting) {
                self.values.push(value);
            }
            if self.expect.take > 0 {
                return false;
            }
            self.answer(None);
        } else {
            self.answer(Some(value));
        }
        true
    }

    /// Hands the answer to the caller if there still is one.
    #[inline]
    fn answer(&mut self, value: Option<Value>) {
        self.on_wire = false;
        let values = std::mem::take(&mut self.values);
        let error = self.error.take();
        if matches!(self.stage, Stage::Waiting) {
            self.stage = Stage::Done(Ok(match (error, value) {
                (Some(error), _) => Replies::One(error),
                (None, Some(value)) => Replies::One(value),
                (None, None) => Replies::Many(values),
            }));
        }
    }

    /// The request has no answer; its caller is to be woken.
    pub(super) fn fail(&mut self, failure: Failure) -> Option<Waker> {
        if !matches!(self.stage, Stage::Waiting) {
            return None;
        }
        self.stage = Stage::Done(Err(failure));
        self.waker.take()
    }

    /// Forgets what a broken connection leaves behind.
    pub(super) fn leave_wire(&mut self) {
        self.on_wire = false;
        self.values = Vec::new();
        self.error = None;
    }

    /// Whether nothing of it can have run, given how many bytes have left.
    pub(super) fn is_unsent(&self, written: u64) -> bool {
        if self.indivisible {
            self.bytes.end > written
        } else {
            self.bytes.start >= written
        }
    }
}
