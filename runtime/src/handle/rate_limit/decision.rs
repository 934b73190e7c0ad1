//! What was decided of a call.

use std::time::Duration;

use super::LimitRule;

/// What was decided of a call, by the rule that decides: of those that allow it the one that has the least left, of those
/// that refuse it the one that does for longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// Whether the call may go on; then it counts.
    pub allowed: bool,
    /// The rule that decides.
    pub rule: LimitRule,
    /// How many calls it would let through at once after this one.
    pub remaining: u32,
    /// When the same call may be tried again; zero where it is admitted. Others may be faster.
    pub retry_after: Duration,
    /// When it will be as if no call had been.
    pub reset_after: Duration,
    /// The server could not be asked: `on_unavailable:` has decided.
    pub without_server: bool,
}

impl Decision {
    /// How many calls the rule lets through at once when there were none before.
    #[must_use]
    pub const fn limit(&self) -> u32 {
        self.rule.burst()
    }

    /// `retry_after` in whole seconds, rounded up: who waits so long is not too early.
    #[must_use]
    pub fn retry_after_seconds(&self) -> u64 {
        seconds(self.retry_after)
    }

    /// Fields of an HTTP answer with their values: `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset`, and
    /// `Retry-After` where the call is refused. Times are whole seconds, rounded up. None but the last where the server
    /// could not be asked, since nobody knows what is left.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {
        let known = [
            ("RateLimit-Limit", u64::from(self.limit())),
            ("RateLimit-Remaining", u64::from(self.remaining)),
            ("RateLimit-Reset", seconds(self.reset_after)),
        ];
        let known = (!self.without_server).then_some(known);
        let again = (!self.allowed).then(|| ("Retry-After", self.retry_after_seconds()));
        known.into_iter().flatten().chain(again)
    }
}

fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
