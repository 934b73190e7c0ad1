//! The knobs of a circuit breaker.

use std::time::Duration;

use super::window::Counts;

/// When a circuit breaker opens, for how long, and what closes it.
///
/// ```
/// # use std::time::Duration;
/// # use redis_schema::BreakerOptions;
/// let options = BreakerOptions::new()
///     .failure_rate(0.5)
///     .min_calls(20)
///     .open_for(Duration::from_secs(5), Duration::from_secs(60));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BreakerOptions {
    pub(super) window: Duration,
    pub(super) min_calls: u32,
    pub(super) failure_rate: f64,
    pub(super) slow: Option<Slow>,
    pub(super) open_for: (Duration, Duration),
    pub(super) half_open: u32,
}

/// When calls that work count all the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slow {
    pub(super) rate: f64,
    pub(super) over: Duration,
}

impl Default for BreakerOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl BreakerOptions {
    /// Opens when half of at least 20 calls within 10 s have failed, for 5 s at first and twice as long each
    /// time a probe fails, up to 60 s; three probes that work close it. Slow calls do not count.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            window: Duration::from_secs(10),
            min_calls: 20,
            failure_rate: 0.5,
            slow: None,
            open_for: (Duration::from_secs(5), Duration::from_secs(60)),
            half_open: 3,
        }
    }

    /// Looks at the calls of so long a time.
    #[must_use]
    pub const fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Decides nothing on fewer calls than this.
    #[must_use]
    pub const fn min_calls(mut self, calls: u32) -> Self {
        self.min_calls = calls;
        self
    }

    /// Opens when this part of the calls has failed, between 0 and 1: the server could not be reached or did
    /// not answer in time, or it says that it is loading, out of memory or without a master.
    #[must_use]
    pub const fn failure_rate(mut self, rate: f64) -> Self {
        self.failure_rate = rate;
        self
    }

    /// Opens also when this part of the calls took longer than `over`. The clock is then read twice for every
    /// call.
    #[must_use]
    pub const fn slow(mut self, rate: f64, over: Duration) -> Self {
        self.slow = Some(Slow { rate, over });
        self
    }

    /// Stays open for `first`, twice as long each time a probe fails, at most `longest`. A part of it is drawn
    /// at random, so that many clients do not come back at the same moment.
    #[must_use]
    pub const fn open_for(mut self, first: Duration, longest: Duration) -> Self {
        self.open_for = (first, longest);
        self
    }

    /// Lets through so many probes at once, and closes when as many have worked.
    #[must_use]
    pub const fn half_open(mut self, probes: u32) -> Self {
        self.half_open = if probes == 0 { 1 } else { probes };
        self
    }

    /// Whether these counts open it. One call less than the rate asks for is let pass: the edges of the
    /// window cut the calls where they like, and a rate just below must never open it.
    pub(super) fn opens(&self, counts: Counts) -> bool {
        let reached = |part: u32, rate: f64| {
            f64::from(part.saturating_sub(1)) >= rate * f64::from(counts.calls)
                || part == counts.calls
        };
        if counts.calls < self.min_calls.max(1) {
            return false;
        }
        (counts.failed > 0 && reached(counts.failed, self.failure_rate))
            || (self.slow).is_some_and(|slow| counts.slow > 0 && reached(counts.slow, slow.rate))
    }

    /// How long it stays open after so many openings in a row.
    pub(super) fn pause(&self, openings: u32) -> Duration {
        let (first, longest) = self.open_for;
        first
            .saturating_mul(1 << openings.min(20))
            .min(longest.max(first))
            .mul_f64(0.75 + fastrand::f64() / 4.0)
    }
}
