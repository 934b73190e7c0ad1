//! Limits of calls: rules that say something, numbers that servers can count with.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{Key, LimitAlgorithm, LimitRule, RateLimit, Structure};

/// A log keeps an entry for each call: beyond this number it is a list of calls, no limit.
const LONGEST_LOG: u32 = 10_000;
/// A century in microseconds: from now on for as long, the server's arithmetic is exact.
const LONGEST_REFILL: u128 = 36_500 * 24 * 60 * 60 * 1_000_000;

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        if let Structure::RateLimit(limiter) = &key.structure {
            numbers(limiter, sink);
            pointless(limiter, sink);
            replicas(key, limiter, sink);
        }
    }
}

fn numbers(limiter: &RateLimit, sink: &mut Sink) {
    for rule in &limiter.rules {
        let finding = |message: String| Diagnostic::error(Code::E1304, rule.span, message);
        if limiter.algorithm == LimitAlgorithm::SlidingLog && rule.calls > LONGEST_LOG {
            sink.push(
                finding(format!("a log of {} calls", rule.calls))
                    .label(format!(
                        "at most {LONGEST_LOG}: each is an entry of its own"
                    ))
                    .help("write `algorithm: gcra`, which keeps one number for each rule"),
            );
        }
        if rule.refill_micros() > LONGEST_REFILL {
            sink.push(
                finding("a burst that takes longer than a century to come back".to_owned())
                    .label("beyond what servers count exactly")
                    .help("lower the burst, or raise the pace"),
            );
        }
    }
}

/// Rules that another one makes pointless, and two of which one cannot be told from the other on the server.
fn pointless(limiter: &RateLimit, sink: &mut Sink) {
    for (at, rule) in limiter.rules.iter().enumerate() {
        let others = limiter
            .rules
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at);
        let stricter = others.clone().find(|(other, than)| {
            implies(limiter.algorithm, than, rule)
                // Of two that say the same, the first one stays.
                && (*other < at || !implies(limiter.algorithm, rule, than))
        });
        if let Some((_, stricter)) = stricter {
            sink.push(
                Diagnostic::error(Code::E1303, rule.span, "a rule that never decides")
                    .label(format!("allows whatever `{}` allows", stricter.text()))
                    .related(stricter.span, "the stricter rule")
                    .help("remove one of the two"),
            );
            continue;
        }
        // One that this rule makes pointless has been told of.
        let beside = |other: &LimitRule| {
            other.window == rule.window && !implies(limiter.algorithm, rule, other)
        };
        let mut before = others.filter(|(other, _)| *other < at);
        if let Some((_, first)) = before.find(|(_, other)| beside(other)) {
            sink.push(
                Diagnostic::error(Code::E1303, rule.span, "two rules for one window")
                    .label("counted as the other one")
                    .related(first.span, "the first one")
                    .help("say one of them by another window: `60/1m` goes at the pace of `1/1s`"),
            );
        }
    }
}

/// Whether what one rule allows, the other allows too.
fn implies(algorithm: LimitAlgorithm, rule: &LimitRule, other: &LimitRule) -> bool {
    let (calls, window) = (u128::from(rule.calls), rule.window.as_micros());
    let (most, time) = (u128::from(other.calls), other.window.as_micros());
    match algorithm {
        // Neither more at once nor at a higher pace.
        LimitAlgorithm::Gcra => rule.burst <= other.burst && calls * time <= most * window,
        // So many of its windows cover the other one.
        LimitAlgorithm::SlidingLog => time.div_ceil(window) * calls <= most,
    }
}

/// A replica may be behind, and so lets through what the primary would not.
fn replicas(key: &Key, limiter: &RateLimit, sink: &mut Sink) {
    if key.replica_ok {
        let message = format!("replicas cannot decide for `{}`", key.name);
        sink.push(
            Diagnostic::error(Code::E0803, limiter.span, message)
                .label("counted where it is written")
                .help("remove `replica_ok:`"),
        );
    }
}
