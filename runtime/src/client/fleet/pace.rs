//! How long and how often a request is tried.

use std::time::Duration;

use tokio::time::Instant;

use crate::client::config::{Backoff, Tuning};
use crate::client::request::Request;

/// Redirections in a row that are followed without a pause.
const AT_ONCE: u32 = 3;

/// The time allowed for a request, and the pauses within it.
#[derive(Debug)]
pub(super) struct Pace {
    /// When it is over; `None` is never.
    pub(super) deadline: Option<Instant>,
    backoff: Backoff,
    pauses: u32,
    redirections: u32,
}

impl Pace {
    /// The time began at `since`, or begins now.
    pub(super) fn new(request: &Request<'_>, since: Option<Instant>, tuning: &Tuning) -> Self {
        let allowed = request.timeout.or(tuning.response_timeout);
        let since = since.unwrap_or_else(Instant::now);
        Self {
            deadline: allowed.and_then(|allowed| since.checked_add(allowed)),
            backoff: Backoff {
                shortest: tuning.backoff.shortest.min(Duration::from_millis(10)),
                longest: tuning.backoff.longest.min(Duration::from_millis(500)),
            },
            pauses: 0,
            redirections: 0,
        }
    }

    /// The pause before the next attempt, `None` when there is no time for one. A redirection is followed at
    /// once, unless it goes in circles: then, and else, the pauses grow.
    pub(super) fn next(&mut self, redirected: bool) -> Option<Duration> {
        self.redirections = if redirected { self.redirections + 1 } else { 0 };
        let pause = if redirected && self.redirections <= AT_ONCE {
            Duration::ZERO
        } else {
            self.pauses = self.pauses.saturating_add(1);
            self.backoff.pause(self.pauses - 1)
        };
        let ends = Instant::now() + pause;
        let in_time = self.deadline.is_none_or(|deadline| ends < deadline);
        in_time.then_some(pause)
    }

    /// When something that takes this long at most has to be over.
    pub(super) fn at_most(&self, time: Duration) -> Instant {
        let end = Instant::now() + time;
        self.deadline.map_or(end, |deadline| deadline.min(end))
    }
}
