//! Counts of the last while, in ten parts that are forgotten one after the other.

use std::time::{Duration, Instant};

const PARTS: usize = 10;

/// Calls and what went wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub(super) calls: u32,
    pub(super) failed: u32,
    pub(super) slow: u32,
}

#[derive(Debug)]
pub(super) struct Window {
    part: Duration,
    start: Instant,
    /// Which part of time each place holds.
    parts: [(u64, Counts); PARTS],
}

impl Window {
    pub(super) fn new(length: Duration) -> Self {
        Self {
            part: (length / 10).max(Duration::from_millis(1)),
            start: Instant::now(),
            parts: [(0, Counts::default()); PARTS],
        }
    }

    pub(super) fn clear(&mut self) {
        self.parts = [(0, Counts::default()); PARTS];
    }

    /// Notes a call and returns what the window holds with it.
    pub(super) fn note(&mut self, now: Instant, failed: bool, slow: bool) -> Counts {
        let counts = self.at(now);
        counts.calls = counts.calls.saturating_add(1);
        counts.failed = counts.failed.saturating_add(u32::from(failed));
        counts.slow = counts.slow.saturating_add(u32::from(slow));
        self.sum(now)
    }

    /// Notes calls that worked.
    pub(super) fn credit(&mut self, now: Instant, calls: u32) {
        let counts = self.at(now);
        counts.calls = counts.calls.saturating_add(calls);
    }

    fn tick(&self, now: Instant) -> u64 {
        let passed = now.saturating_duration_since(self.start);
        u64::try_from(passed.as_nanos() / self.part.as_nanos()).unwrap_or(u64::MAX)
    }

    fn at(&mut self, now: Instant) -> &mut Counts {
        let tick = self.tick(now);
        let at = usize::try_from(tick % PARTS as u64).unwrap_or_default();
        let (held, counts) = &mut self.parts[at];
        if *held != tick {
            (*held, *counts) = (tick, Counts::default());
        }
        counts
    }

    fn sum(&self, now: Instant) -> Counts {
        let tick = self.tick(now);
        let live = self
            .parts
            .iter()
            .filter(|(held, _)| tick.saturating_sub(*held) < PARTS as u64);
        live.fold(Counts::default(), |sum, (_, counts)| Counts {
            calls: sum.calls.saturating_add(counts.calls),
            failed: sum.failed.saturating_add(counts.failed),
            slow: sum.slow.saturating_add(counts.slow),
        })
    }
}
