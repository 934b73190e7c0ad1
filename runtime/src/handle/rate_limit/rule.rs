//! What is allowed, as the schema says it.

use std::time::Duration;

use super::Decision;
use crate::cmd::Args;
use crate::key::Key;

/// So many calls in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LimitRule {
    calls: u32,
    window_millis: u64,
    burst: u32,
}

impl LimitRule {
    /// So many calls in so many milliseconds, and so many of them at once. None of the three is 0.
    #[must_use]
    pub const fn new(calls: u32, window_millis: u64, burst: u32) -> Self {
        Self {
            calls,
            window_millis,
            burst,
        }
    }

    /// Calls in the window.
    #[must_use]
    pub const fn calls(&self) -> u32 {
        self.calls
    }

    /// The window.
    #[must_use]
    pub const fn window(&self) -> Duration {
        Duration::from_millis(self.window_millis)
    }

    /// How many may come at once: all of them unless the schema says otherwise.
    #[must_use]
    pub const fn burst(&self) -> u32 {
        self.burst
    }

    pub(super) const fn window_millis(&self) -> u64 {
        self.window_millis
    }

    /// Microseconds of the window.
    pub(super) const fn micros(&self) -> u128 {
        self.window_millis as u128 * 1000
    }
}

/// What a limiter allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    rules: &'static [LimitRule],
    max_cost: u32,
}

impl Limits {
    /// Of these rules, in the order of the schema, with the most that one call may cost.
    #[must_use]
    pub const fn new(rules: &'static [LimitRule], max_cost: u32) -> Self {
        Self { rules, max_cost }
    }

    /// The rules in the order of the schema.
    #[must_use]
    pub const fn rules(&self) -> &'static [LimitRule] {
        self.rules
    }

    /// The most that one call may cost.
    #[must_use]
    pub const fn max_cost(&self) -> u32 {
        self.max_cost
    }

    /// What a store says without its server.
    pub(super) fn unasked(&self, allowed: bool) -> Option<Decision> {
        /// Nobody knows when the server is back.
        const AGAIN: Duration = Duration::from_secs(1);
        let wait = if allowed { Duration::ZERO } else { AGAIN };
        Some(Decision {
            allowed,
            rule: *self.rules.first()?,
            remaining: 0,
            retry_after: wait,
            reset_after: wait,
            without_server: true,
        })
    }

    /// The decision of several rules: of those that allow the call the one that has the least left, of those that
    /// refuse it the one that does for longest. `None` when there are not as many verdicts as rules.
    pub(super) fn decide(
        &self,
        allowed: bool,
        verdicts: impl Iterator<Item = Verdict>,
    ) -> Option<Decision> {
        let mut chosen: Option<(&LimitRule, Verdict)> = None;
        let mut seen = 0;
        for (rule, verdict) in self.rules.iter().zip(verdicts) {
            seen += 1;
            let comes_first = chosen.as_ref().is_none_or(|(_, first)| match allowed {
                true => verdict.remaining < first.remaining,
                false => verdict.wait_micros > first.wait_micros,
            });
            if comes_first {
                chosen = Some((rule, verdict));
            }
        }
        let (rule, verdict) = chosen.filter(|_| seen == self.rules.len())?;
        let wait = if allowed { 0 } else { verdict.wait_micros };
        Some(Decision {
            allowed,
            rule: *rule,
            remaining: verdict.remaining,
            retry_after: Duration::from_micros(wait),
            reset_after: Duration::from_micros(verdict.reset_micros),
            without_server: false,
        })
    }
}

/// What one rule says of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub(super) remaining: u32,
    /// Until it would allow the call; 0 where it does.
    pub(super) wait_micros: u64,
    /// Until it is as if there had been no call.
    pub(super) reset_micros: u64,
}

/// A key whose limits the schema declares. Implemented by generated code only.
pub trait Limited: Key {
    /// The limits.
    const LIMITS: Limits;
}

/// What is asked of a limiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// To admit a call and count it.
    Admit,
    /// Whether it would.
    Peek,
    /// To give back what a call has cost.
    Refund,
}

impl Ask {
    /// As scripts are told.
    pub(super) const fn word(self) -> &'static [u8] {
        match self {
            Self::Admit => b"admit",
            Self::Peek => b"peek",
            Self::Refund => b"refund",
        }
    }
}

/// How calls are counted: [`Gcra`](super::Gcra) or [`SlidingLog`](super::SlidingLog).
pub trait Algorithm: sealed::Asked + Send + Sync + 'static {
    /// What `TYPE` answers.
    #[doc(hidden)]
    const TYPE: &'static str;
}

mod sealed {
    use redis::Value;

    use super::{Args, Ask, Limits, Verdict};

    /// What the runtime asks of an algorithm.
    pub trait Asked {
        /// The command that asks.
        #[allow(private_interfaces)]
        fn script(limits: &Limits, key: &[u8], ask: Ask, cost: u32) -> Args;

        /// What the script's numbers, of which the cost of the call is one, say of each rule in order.
        fn verdicts(limits: &Limits, cost: u64, numbers: &[Value])
        -> impl Iterator<Item = Verdict>;
    }
}

pub(super) use sealed::Asked;
