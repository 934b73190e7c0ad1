//! Whether a request is sent again, and when.
//!
//! What cannot have run is sent again whatever it is, until the time allowed is over: a request that had not
//! left, and one that the server says it did not run. What may have run is sent again only if its
//! [class](crate::RetryClass) allows that.

use std::time::Duration;

use redis::Value;
use tokio::time::Instant;

use super::config::Backoff;
use super::failure::{Cause, Failure};
use super::request::{Replies, Request, Shape};
use crate::error::{Error, Result};
use crate::retry::RetryClass;

/// The attempts at one request.
#[derive(Debug)]
pub(crate) struct Attempts {
    template: &'static str,
    class: RetryClass,
    shape: Shape,
    /// When the time allowed is over; `None` is never.
    pub(crate) deadline: Option<Instant>,
    /// After this an attempt would end before its answer could come.
    last_start: Option<Instant>,
    backoff: Backoff,
    failures: u32,
}

/// What to do after an attempt.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// It is decided.
    Done(Result<Replies>),
    /// Send it again after a pause.
    Again {
        pause: Duration,
        /// What the server said, if it was reached at all.
        said: Option<NotRun>,
    },
}

/// What a server says when it did not run a request and another attempt may work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotRun {
    /// It starts, or is busy: later.
    Later,
    /// It is not, or not any more, the one that accepts writes.
    ReadOnly,
}

impl Attempts {
    /// The time allowed began at `since`, or begins now.
    pub(crate) fn new(
        request: &Request<'_>,
        since: Option<Instant>,
        allowed: Option<Duration>,
        backoff: Backoff,
    ) -> Self {
        let allowed = request.timeout.or(allowed);
        let after = |time: Duration| since.unwrap_or_else(Instant::now).checked_add(time);
        Self {
            template: request.spec.template,
            class: request.class,
            shape: request.shape,
            deadline: allowed.and_then(after),
            last_start: allowed.and_then(|allowed| after(allowed.mul_f64(0.9))),
            backoff: Backoff {
                shortest: backoff.shortest.min(Duration::from_millis(20)),
                longest: backoff.longest.min(Duration::from_secs(1)),
            },
            failures: 0,
        }
    }

    /// What to do after an attempt with this outcome.
    pub(crate) fn after(&mut self, outcome: Result<Replies, Failure>) -> Verdict {
        let may_repeat = self.class.may_repeat();
        match outcome {
            Ok(replies) => match not_run(&replies, self.shape) {
                Some(said) => self.again(Some(said), Ok(replies)),
                None => Verdict::Done(Ok(replies)),
            },
            Err(failure) => {
                let again = failure.cause().may_pass()
                    && (may_repeat || matches!(failure, Failure::NotSent(_)));
                if again {
                    self.again(None, Err(failure))
                } else {
                    Verdict::Done(Err(failure.into_error(self.template, may_repeat)))
                }
            }
        }
    }

    /// Another attempt if there is time left for it.
    fn again(&mut self, said: Option<NotRun>, outcome: Result<Replies, Failure>) -> Verdict {
        let pause = match (said, self.failures) {
            // A connection that was found broken is replaced at once.
            (None, 0) => Duration::ZERO,
            (_, failures) => self.backoff.pause(failures),
        };
        self.failures = self.failures.saturating_add(1);
        let over = self
            .last_start
            .is_some_and(|last| Instant::now() + pause >= last);
        if over {
            return Verdict::Done(self.give_up(outcome));
        }
        crate::observe::retried(self.template, self.class);
        Verdict::Again { pause, said }
    }

    fn give_up(&self, outcome: Result<Replies, Failure>) -> Result<Replies> {
        outcome.map_err(|failure| {
            let may_repeat = self.class.may_repeat();
            failure.into_error(self.template, may_repeat)
        })
    }

    /// Whether there is time for another attempt.
    pub(crate) fn has_time(&self) -> bool {
        self.deadline
            .is_none_or(|deadline| Instant::now() < deadline)
    }

    /// The pause before an attempt that a server asks for.
    pub(crate) fn pause(&mut self) -> Duration {
        self.failures = self.failures.saturating_add(1);
        self.backoff.pause(self.failures - 1)
    }

    /// The error when the time was over before anything could be sent.
    pub(crate) fn too_late(&self) -> Error {
        Cause::Timeout.into_error(self.template)
    }
}

/// Whether the server says that it ran nothing of a request and that another attempt may work.
pub(crate) fn not_run(replies: &Replies, shape: Shape) -> Option<NotRun> {
    match replies {
        Replies::One(value) => refusal(value),
        // A transaction has one reply; of commands side by side each must have been refused.
        Replies::Many(values) if shape == Shape::Pipeline => {
            let first = refusal(values.first()?)?;
            values
                .iter()
                .all(|value| refusal(value).is_some())
                .then_some(first)
        }
        Replies::Many(_) => None,
    }
}

fn refusal(value: &Value) -> Option<NotRun> {
    let Value::ServerError(error) = value else {
        return None;
    };
    match error.code() {
        "LOADING" | "TRYAGAIN" | "CLUSTERDOWN" | "MASTERDOWN" => Some(NotRun::Later),
        "BUSY" => Some(NotRun::Later),
        "READONLY" => Some(NotRun::ReadOnly),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn said(line: &str) -> Value {
        redis::parse_redis_value(format!("-{line}\r\n").as_bytes()).unwrap()
    }

    #[test]
    fn only_what_ran_nowhere_is_sent_again() {
        let one = |line| not_run(&Replies::One(said(line)), Shape::Pipeline);
        assert_eq!(one("LOADING Redis is loading"), Some(NotRun::Later));
        assert_eq!(one("READONLY You can't write"), Some(NotRun::ReadOnly));
        assert_eq!(one("OOM command not allowed"), None);
        assert_eq!(one("WRONGTYPE Operation"), None);
        let many = |values| not_run(&Replies::Many(values), Shape::Pipeline);
        assert_eq!(
            many(vec![said("LOADING x"), said("LOADING x")]),
            Some(NotRun::Later)
        );
        assert_eq!(many(vec![Value::Okay, said("LOADING x")]), None);
        assert_eq!(many(Vec::new()), None);
    }
}
