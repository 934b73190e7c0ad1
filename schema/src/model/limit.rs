use std::time::Duration;

use crate::source::Span;

/// So many calls in so much time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// What is allowed, as declared; at least one rule, no two of one window. A call needs all of them.
    pub rules: Vec<LimitRule>,
    /// How calls are counted.
    pub algorithm: LimitAlgorithm,
    /// The most that one call may cost, where that is declared; see [`RateLimit::most_cost`].
    pub max_cost: Option<u32>,
    /// Where it was declared.
    pub span: Span,
}

/// So many calls in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitRule {
    /// Calls; at least one.
    pub calls: u32,
    /// In this time; at least a millisecond.
    pub window: Duration,
    /// How many may come at once; all of them unless it is declared otherwise.
    pub burst: u32,
    /// Where it was declared.
    pub span: Span,
}

/// How calls are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LimitAlgorithm {
    /// By the moment at which all is paid off: they come back one by one (the generic cell rate algorithm).
    #[default]
    Gcra,
    /// By writing each of them down.
    SlidingLog,
}

impl LimitAlgorithm {
    /// Its word in the language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gcra => "gcra",
            Self::SlidingLog => "sliding_log",
        }
    }
}

impl LimitRule {
    /// From nothing left to all there again, in microseconds, rounded up.
    #[must_use]
    pub fn refill_micros(&self) -> u128 {
        (self.window.as_micros() * u128::from(self.burst)).div_ceil(u128::from(self.calls))
    }

    /// As a schema writes it, but for the unit of the window: `60/1m burst 10`.
    #[must_use]
    pub fn text(&self) -> String {
        let window = crate::text::shortest(self.window);
        match self.burst == self.calls {
            true => format!("{}/{window}", self.calls),
            false => format!("{}/{window} burst {}", self.calls, self.burst),
        }
    }
}

impl RateLimit {
    /// The most that one call may cost: what is declared, else what the strictest rule lets through at once.
    #[must_use]
    pub fn most_cost(&self) -> u32 {
        let strictest = self.rules.iter().map(|rule| rule.burst).min();
        self.max_cost.or(strictest).unwrap_or(1)
    }

    /// How long a key lives at most after a call: until none counts any more.
    #[must_use]
    pub fn lifetime(&self) -> Duration {
        let micros = |rule: &LimitRule| match self.algorithm {
            LimitAlgorithm::Gcra => rule.refill_micros(),
            LimitAlgorithm::SlidingLog => rule.window.as_micros(),
        };
        let longest = self.rules.iter().map(micros).max().unwrap_or(0);
        // Whole milliseconds, as the server is told.
        let millis = u64::try_from(longest.div_ceil(1000)).unwrap_or(u64::MAX);
        Duration::from_millis(millis.max(1))
    }
}
