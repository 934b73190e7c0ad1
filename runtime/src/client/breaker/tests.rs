#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Breaker, BreakerOptions, Mode, Outcome};

const SECOND: Duration = Duration::from_secs(1);

impl Breaker {
    /// A call at a moment; whether it was let through.
    fn call(self: &Arc<Self>, now: Instant, outcome: Outcome) -> bool {
        let permit = match self.mode() {
            Mode::Calm | Mode::Watchful => {
                if outcome == Outcome::Good && self.mode() == Mode::Calm {
                    self.note(outcome, None);
                } else {
                    self.note_at(now, outcome, false);
                }
                return true;
            }
            Mode::Open | Mode::HalfOpen => self.admit_at(now),
        };
        let Ok(mut permit) = permit else { return false };
        let generation = permit.probe.take().unwrap();
        self.probed(now, generation, Some(outcome), false);
        true
    }
}

fn opened(options: BreakerOptions, now: Instant) -> Arc<Breaker> {
    let breaker = Breaker::new(options);
    for _ in 0..20 {
        assert!(breaker.call(now, Outcome::Bad));
    }
    assert_eq!(breaker.mode(), Mode::Open);
    breaker
}

#[test]
fn nothing_opens_it_before_there_are_enough_calls() {
    let breaker = Breaker::new(BreakerOptions::new());
    let now = Instant::now();
    for _ in 0..19 {
        breaker.call(now, Outcome::Bad);
    }
    assert_eq!(breaker.mode(), Mode::Watchful);
    breaker.call(now, Outcome::Bad);
    assert_eq!(breaker.mode(), Mode::Open);
}

#[test]
fn a_server_that_worked_has_credit() {
    let breaker = Breaker::new(BreakerOptions::new());
    let now = Instant::now();
    breaker.call(now, Outcome::Good);
    for _ in 0..20 {
        breaker.call(now, Outcome::Bad);
    }
    assert_eq!(breaker.mode(), Mode::Watchful);
    for _ in 0..2 {
        breaker.call(now, Outcome::Bad);
    }
    assert_eq!(breaker.mode(), Mode::Open);
}

#[test]
fn open_lets_nothing_through_until_its_time_is_over() {
    let now = Instant::now();
    let breaker = opened(BreakerOptions::new(), now);
    for millis in [0, 1, 3_000] {
        let later = now + Duration::from_millis(millis);
        let refused = breaker.admit_at(later).unwrap_err();
        assert_eq!(refused.since, Duration::from_millis(millis));
    }
    assert!(breaker.call(now + 6 * SECOND, Outcome::Good));
    assert_eq!(breaker.mode(), Mode::HalfOpen);
}

#[test]
fn as_many_probes_as_allowed_run_at_once_and_close_it() {
    let now = Instant::now();
    let breaker = opened(BreakerOptions::new(), now);
    let later = now + 6 * SECOND;
    let probes: Vec<_> = (0..3).map(|_| breaker.admit_at(later).unwrap()).collect();
    assert!(breaker.admit_at(later).is_err());
    for (at, probe) in probes.into_iter().enumerate() {
        assert_eq!(breaker.mode(), Mode::HalfOpen, "after {at}");
        probe.report(Outcome::Good);
    }
    assert_eq!(breaker.mode(), Mode::Calm);
    assert!(breaker.open_for().is_none());
}

#[test]
fn a_probe_whose_caller_goes_away_leaves_its_place() {
    let now = Instant::now();
    let breaker = opened(BreakerOptions::new().half_open(1), now);
    let later = now + 6 * SECOND;
    let probe = breaker.admit_at(later).unwrap();
    assert!(breaker.admit_at(later).is_err());
    drop(probe);
    breaker.admit_at(later).unwrap().report(Outcome::Good);
    assert_eq!(breaker.mode(), Mode::Calm);
}

#[test]
fn a_probe_that_fails_opens_it_for_longer() {
    let now = Instant::now();
    let breaker = opened(BreakerOptions::new(), now);
    let mut at = now;
    let mut waited = Vec::new();
    for _ in 0..6 {
        let failed = at;
        while !breaker.call(at, Outcome::Bad) {
            at += SECOND / 4;
        }
        waited.push(at - failed);
    }
    assert!(waited[0] <= 5 * SECOND + SECOND / 4, "{waited:?}");
    assert!(
        waited[1] > 7 * SECOND && waited[2] > 14 * SECOND,
        "{waited:?}"
    );
    let longest = waited.last().unwrap();
    assert!(
        *longest > 44 * SECOND && *longest <= 61 * SECOND,
        "{waited:?}"
    );
    assert!(breaker.open_for().is_some());
}

#[test]
fn an_answer_from_before_it_was_opened_changes_nothing() {
    let breaker = Breaker::new(BreakerOptions::new());
    let early = breaker.admit().unwrap();
    let now = Instant::now();
    for _ in 0..20 {
        breaker.call(now, Outcome::Bad);
    }
    early.report(Outcome::Good);
    assert_eq!(breaker.mode(), Mode::Open);
}

#[test]
fn slow_calls_count_where_they_are_asked_to() {
    let options = BreakerOptions::new().slow(0.8, Duration::ZERO);
    let breaker = Breaker::new(options);
    for _ in 0..20 {
        assert_ne!(breaker.mode(), Mode::Open);
        let permit = breaker.admit().unwrap();
        while permit.started.unwrap().elapsed().is_zero() {}
        permit.report(Outcome::Good);
    }
    assert_eq!(breaker.mode(), Mode::Open);
}

#[test]
fn refusing_takes_no_time() {
    let breaker = opened(BreakerOptions::new(), Instant::now());
    let started = Instant::now();
    for _ in 0..1_000 {
        assert!(breaker.admit().is_err());
    }
    // A thousand refusals within what one may take, even on a busy machine.
    assert!(
        started.elapsed() < Duration::from_millis(50),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn threads_never_probe_more_than_allowed() {
    use std::sync::atomic::{AtomicU32, Ordering};
    let breaker = opened(
        BreakerOptions::new().open_for(Duration::ZERO, Duration::ZERO),
        Instant::now(),
    );
    let (running, most) = (AtomicU32::new(0), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for turn in 0..2_000 {
                    if let Ok(mut permit) = breaker.admit()
                        && permit.probe.is_some()
                    {
                        let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(now, Ordering::SeqCst);
                        std::thread::yield_now();
                        running.fetch_sub(1, Ordering::SeqCst);
                        // Kept half open: its caller goes away, now and then it fails.
                        if turn % 7 == 0 {
                            let generation = permit.probe.take().unwrap();
                            breaker.report_for_test(generation);
                        }
                    }
                }
            });
        }
    });
    let most = most.load(Ordering::SeqCst);
    assert!((1..=3).contains(&most), "{most}");
}

impl Breaker {
    fn report_for_test(&self, generation: u32) {
        self.probed(Instant::now(), generation, Some(Outcome::Bad), false);
    }
}

proptest! {
    /// Just under the rate, evenly spread, it never opens, whatever the speed of calls.
    #[test]
    fn no_flapping_under_the_rate(percent in 0_u64..50, per_second in 1_u64..500, phase in 0_u64..100) {
        let breaker = Breaker::new(BreakerOptions::new());
        let start = Instant::now();
        for call in phase..phase + 1_500 {
            let now = start + SECOND * u32::try_from(call).unwrap() / u32::try_from(per_second).unwrap();
            let fails = (call + 1) * percent / 100 > call * percent / 100;
            let outcome = if fails { Outcome::Bad } else { Outcome::Good };
            prop_assert!(breaker.call(now, outcome), "call {call}");
        }
        prop_assert_ne!(breaker.mode(), Mode::Open);
    }

    /// Whatever happens, an open one lets nothing through before its time, a half-open one no more than its
    /// probes, and a server that recovers is used again.
    #[test]
    fn it_recovers_from_anything(
        steps in proptest::collection::vec((any::<bool>(), 0_u64..3_000), 0..200),
    ) {
        let breaker = Breaker::new(BreakerOptions::new().min_calls(5));
        let mut now = Instant::now();
        for (works, pause) in steps {
            now += Duration::from_millis(pause);
            let before = breaker.mode();
            let until = breaker.lock().until;
            let passed = breaker.call(now, if works { Outcome::Good } else { Outcome::Bad });
            if before == Mode::Open {
                prop_assert_eq!(passed, now >= until);
            }
            if before == Mode::HalfOpen {
                prop_assert!(passed, "a place is free when no probe is under way");
            }
        }
        now += 60 * SECOND;
        for _ in 0..3 {
            prop_assert!(breaker.call(now, Outcome::Good));
        }
        prop_assert!(matches!(breaker.mode(), Mode::Calm | Mode::Watchful));
    }
}
