//! What limiters are held to: the plainest thing that could be right, in whole numbers.

use std::time::Duration;

use super::super::rule::{LimitRule, Limits, Verdict};
use crate::rate_limit::Decision;

/// A limiter as a model.
pub(super) trait Model {
    fn new(rules: &'static [LimitRule], now: u64) -> Self;
    fn ask(&mut self, now: u64, cost: u32, counts: bool) -> Decision;
    fn refund(&mut self, now: u64, cost: u32);
    /// Until no call counts any more.
    fn until_empty(&self, now: u64) -> Duration;
}

/// A bucket for each rule, which holds the calls that are not paid off, and leaks. Its level is a number of calls times
/// the microseconds of the window, so that it is always a whole number.
pub(super) struct Bucket {
    rules: &'static [LimitRule],
    levels: Vec<u128>,
    at: u64,
}

impl Bucket {
    fn leak(&mut self, now: u64) {
        for (rule, level) in self.rules.iter().zip(&mut self.levels) {
            let leaked = u128::from(now - self.at) * u128::from(rule.calls());
            *level = level.saturating_sub(leaked);
        }
        self.at = now;
    }
}

impl Model for Bucket {
    fn new(rules: &'static [LimitRule], now: u64) -> Self {
        Self {
            rules,
            levels: vec![0; rules.len()],
            at: now,
        }
    }

    fn ask(&mut self, now: u64, cost: u32, counts: bool) -> Decision {
        self.leak(now);
        let each = || self.rules.iter().zip(&self.levels);
        let window = |rule: &LimitRule| rule.window().as_micros();
        let after = |rule: &LimitRule, level: u128| level + u128::from(cost) * window(rule);
        let holds = |rule: &LimitRule| u128::from(rule.burst()) * window(rule);
        let allowed = each().all(|(rule, level)| after(rule, *level) <= holds(rule));
        let levels: Vec<u128> = each()
            .map(|(rule, level)| {
                if allowed && counts {
                    after(rule, *level)
                } else {
                    *level
                }
            })
            .collect();
        let verdicts: Vec<Verdict> = self
            .rules
            .iter()
            .zip(&levels)
            .map(|(rule, level)| {
                let pace = u128::from(rule.calls());
                let over = after(rule, *level).saturating_sub(holds(rule));
                Verdict {
                    remaining: small((holds(rule) - level) / window(rule)),
                    wait_micros: micros(over.div_ceil(pace)),
                    reset_micros: micros(level.div_ceil(pace)),
                }
            })
            .collect();
        self.levels = levels;
        decide(self.rules, allowed, verdicts)
    }

    fn refund(&mut self, now: u64, cost: u32) {
        self.leak(now);
        for (rule, level) in self.rules.iter().zip(&mut self.levels) {
            *level = level.saturating_sub(u128::from(cost) * rule.window().as_micros());
        }
    }

    fn until_empty(&self, _: u64) -> Duration {
        let each = self.rules.iter().zip(&self.levels);
        let times = each.map(|(rule, level)| level.div_ceil(u128::from(rule.calls())));
        millis(times.max().unwrap())
    }
}

/// The times of all calls that count for the longest window.
pub(super) struct Log {
    rules: &'static [LimitRule],
    calls: Vec<u64>,
}

impl Log {
    fn forget(&mut self, now: u64) {
        let longest = self
            .rules
            .iter()
            .map(|rule| micros(rule.window().as_micros()))
            .max();
        let since = now - longest.unwrap();
        self.calls.retain(|call| *call > since);
    }
}

impl Model for Log {
    fn new(rules: &'static [LimitRule], _: u64) -> Self {
        Self {
            rules,
            calls: Vec::new(),
        }
    }

    fn ask(&mut self, now: u64, cost: u32, counts: bool) -> Decision {
        self.forget(now);
        let window = |rule: &LimitRule| micros(rule.window().as_micros());
        let used = |calls: &[u64], rule: &LimitRule, at: u64| {
            let since = at - window(rule);
            u32::try_from(calls.iter().filter(|call| **call > since).count()).unwrap()
        };
        let fits =
            |calls: &[u64], rule: &LimitRule, at: u64| used(calls, rule, at) + cost <= rule.calls();
        let allowed = self.rules.iter().all(|rule| fits(&self.calls, rule, now));
        // The first of the moments at which a call leaves the window, by trying them all.
        let wait = |rule: &LimitRule| {
            let leaves = self.calls.iter().map(|call| call + window(rule));
            let mut moments: Vec<u64> = leaves.filter(|at| *at > now).chain([now]).collect();
            moments.sort_unstable();
            let first = moments.into_iter().find(|at| fits(&self.calls, rule, *at));
            first.unwrap() - now
        };
        let waits: Vec<u64> = self.rules.iter().map(wait).collect();
        if allowed && counts {
            self.calls.extend((0..cost).map(|_| now));
        }
        let last = self.calls.iter().max();
        let verdicts = self
            .rules
            .iter()
            .zip(waits)
            .map(|(rule, wait_micros)| Verdict {
                remaining: rule.calls() - used(&self.calls, rule, now),
                wait_micros,
                reset_micros: last.map_or(0, |call| (call + window(rule)).saturating_sub(now)),
            });
        decide(self.rules, allowed, verdicts.collect())
    }

    fn refund(&mut self, now: u64, cost: u32) {
        self.forget(now);
        self.calls.sort_unstable();
        let gone = self.calls.len().min(cost as usize);
        self.calls.drain(..gone);
    }

    fn until_empty(&self, now: u64) -> Duration {
        let longest = self
            .rules
            .iter()
            .map(|rule| rule.window().as_micros())
            .max();
        let last = self.calls.iter().max().unwrap();
        millis(u128::from(*last) + longest.unwrap() - u128::from(now))
    }
}

/// The rule that decides is chosen as callers are told: the least left, or the longest wait.
fn decide(rules: &'static [LimitRule], allowed: bool, verdicts: Vec<Verdict>) -> Decision {
    Limits::new(rules, 1)
        .decide(allowed, verdicts.into_iter())
        .unwrap()
}

fn millis(micros: u128) -> Duration {
    Duration::from_millis(u64::try_from(micros.div_ceil(1000)).unwrap())
}

fn micros(number: u128) -> u64 {
    u64::try_from(number).unwrap()
}

fn small(number: u128) -> u32 {
    u32::try_from(number).unwrap()
}
