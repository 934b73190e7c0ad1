//! The scripts against exact models, on a real server and by a clock of the tests' own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod model;

use std::time::Duration;

use proptest::prelude::*;
use redis_schema_test_server::{Protocol, Server};

use super::rule::Ask;
use super::{Algorithm, Decision, Gcra, LimitRule, Limits, SlidingLog, gcra, said, sliding_log};
use crate::cmd::Args;
use crate::key::Spec;
use model::{Bucket, Log, Model};

const KEY: &[u8] = b"calls";
const START: u64 = 1_764_000_000_000_000;
static SPEC: Spec = Spec::simple(0, "calls", "calls");

/// Something that happens to a limiter.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Time goes on by so many microseconds.
    Pass(u64),
    Admit(u32),
    Peek,
    Refund(u32),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0..40_000_000_u64).prop_map(Step::Pass),
        1 => (0..2_000_000_000_u64).prop_map(Step::Pass),
        6 => (1..4_u32).prop_map(Step::Admit),
        1 => (1..12_u32).prop_map(Step::Admit),
        2 => Just(Step::Peek),
        1 => (1..5_u32).prop_map(Step::Refund),
    ]
}

/// Up to three rules with windows of their own, some of which have odd paces.
fn rules(bursts: bool) -> impl Strategy<Value = &'static [LimitRule]> {
    let rule = (1..23_u32, prop_oneof![1..5_u64, 7..90_u64], 1..30_u32);
    prop::collection::vec(rule, 1..4).prop_map(move |drawn| {
        let rules = drawn
            .iter()
            .enumerate()
            .map(|(at, (calls, window, burst))| {
                let window = (window + 60 + 100 * at as u64) * 997;
                LimitRule::new(*calls, window, if bursts { *burst } else { *calls })
            });
        &*Box::leak(rules.collect::<Vec<_>>().into_boxed_slice())
    })
}

/// A limiter on a server, at a time of the test's own.
struct Limiter {
    connection: redis::Connection,
    limits: Limits,
    now: u64,
    calls: u64,
    /// What `PTTL` said after the last question.
    pttl: i64,
}

impl Limiter {
    fn new(server: &Server, rules: &'static [LimitRule]) -> Self {
        let mut connection = server.connect(Protocol::Resp3, 0);
        redis::cmd("DEL").arg(KEY).exec(&mut connection).unwrap();
        let strictest = rules.iter().map(LimitRule::burst).min().unwrap();
        Self {
            connection,
            limits: Limits::new(rules, strictest),
            now: START,
            calls: 0,
            pttl: -2,
        }
    }

    /// Asks, notes how long the key lives, and lets it live for ever, so that only the test's own clock goes on.
    fn send<A: Timed>(&mut self, ask: Ask, cost: u32) -> redis::Value {
        self.calls += 1;
        let args = A::at(&self.limits, ask, cost, self.calls);
        let mut pipeline = redis::pipe();
        pipeline.atomic();
        pipeline.add_command(args.uint(self.now).into_cmd().to_redis());
        pipeline
            .cmd("PTTL")
            .arg(KEY)
            .cmd("PERSIST")
            .arg(KEY)
            .ignore();
        let (value, pttl) = pipeline.query(&mut self.connection).unwrap();
        self.pttl = pttl;
        value
    }

    fn ask<A: Timed>(&mut self, ask: Ask, cost: u32) -> Decision {
        let value = self.send::<A>(ask, cost);
        said::<A>(&self.limits, value, &SPEC).unwrap()
    }

    /// How long the key was to live after the last question.
    fn lives(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.pttl).expect("a lifetime"))
    }
}

/// An algorithm by the test's clock.
trait Timed: Algorithm {
    fn at(limits: &Limits, ask: Ask, cost: u32, own: u64) -> Args;
}

impl Timed for Gcra {
    fn at(limits: &Limits, ask: Ask, cost: u32, _: u64) -> Args {
        gcra::args(gcra::GCRA_AT, limits, KEY, ask, cost)
    }
}

impl Timed for SlidingLog {
    fn at(limits: &Limits, ask: Ask, cost: u32, own: u64) -> Args {
        sliding_log::args(sliding_log::SLIDING_LOG_AT, limits, KEY, ask, cost, own)
    }
}

/// The script and the model are asked the same and answer the same; what is written has the lifetime it needs.
fn agree<A: Timed, M: Model>(server: &Server, rules: &'static [LimitRule], steps: &[Step]) {
    let mut limiter = Limiter::new(server, rules);
    let mut model = M::new(rules, START);
    let most = limiter.limits.max_cost();
    for step in steps {
        match *step {
            Step::Pass(micros) => limiter.now += micros,
            Step::Admit(cost) => {
                let cost = cost.min(most);
                let decision = limiter.ask::<A>(Ask::Admit, cost);
                assert_eq!(decision, model.ask(limiter.now, cost, true), "{step:?}");
                if decision.allowed {
                    let lives = limiter.lives();
                    let needed = model.until_empty(limiter.now);
                    assert!(lives <= needed.max(Duration::from_millis(1)));
                    assert!(
                        lives + Duration::from_secs(5) > needed,
                        "{lives:?} {needed:?}"
                    );
                }
            }
            Step::Peek => {
                let decision = limiter.ask::<A>(Ask::Peek, 1);
                assert_eq!(decision, model.ask(limiter.now, 1, false), "{step:?}");
            }
            Step::Refund(cost) => {
                let cost = cost.min(most);
                limiter.send::<A>(Ask::Refund, cost);
                assert!(
                    limiter.pttl != -1 || A::TYPE == "zset",
                    "a lifetime is said again"
                );
                model.refund(limiter.now, cost);
            }
        }
    }
}

fn cases<S: Strategy>(count: u32, values: S, test: impl Fn(S::Value)) {
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(count)
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&values, |value| {
        test(value);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn gcra_is_the_exact_model() {
    let server = Server::start();
    let values = (rules(true), prop::collection::vec(step(), 1..40));
    cases(1000, values, |(rules, steps)| {
        agree::<Gcra, Bucket>(&server, rules, &steps);
    });
}

#[test]
fn a_sliding_log_is_the_exact_model() {
    let server = Server::start();
    let values = (rules(false), prop::collection::vec(step(), 1..40));
    cases(1000, values, |(rules, steps)| {
        agree::<SlidingLog, Log>(&server, rules, &steps);
    });
}

const MINUTE: &[LimitRule] = &[LimitRule::new(5, 60_000, 5)];
const HUNDRED: &[LimitRule] = &[LimitRule::new(100, 60_000, 100)];
const SEVENTHS: &[LimitRule] = &[LimitRule::new(7, 1000, 3)];

/// Uses up all there is, sets the clock back, and waits as long as it is told.
fn goes_on_after_a_step_back<A: Timed>(longest: Duration) {
    let server = Server::start();
    let mut limiter = Limiter::new(&server, MINUTE);
    for _ in 0..5 {
        assert!(limiter.ask::<A>(Ask::Admit, 1).allowed);
        limiter.now += 1;
    }
    limiter.now -= 3_600_000_000;
    let peeked = limiter.ask::<A>(Ask::Peek, 1);
    let refused = limiter.ask::<A>(Ask::Admit, 1);
    assert_eq!(peeked, refused);
    assert!(!refused.allowed);
    assert!(refused.retry_after <= longest, "{refused:?}");
    assert!(refused.reset_after <= Duration::from_secs(60));
    limiter.now += u64::try_from(refused.retry_after.as_micros()).unwrap();
    let admitted = limiter.ask::<A>(Ask::Admit, 1);
    assert!(admitted.allowed, "{admitted:?}");
    assert!(limiter.lives() <= Duration::from_secs(60));
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out() {
    goes_on_after_a_step_back::<Gcra>(Duration::from_secs(12));
    goes_on_after_a_step_back::<SlidingLog>(Duration::from_secs(60));
}

/// A limit that is lowered at a deployment: what was admitted before keeps callers waiting no longer than a full burst.
#[test]
fn a_lowered_limit_is_never_owed_more_than_it_bears() {
    let server = Server::start();
    let mut limiter = Limiter::new(&server, HUNDRED);
    for _ in 0..100 {
        assert!(limiter.ask::<Gcra>(Ask::Admit, 1).allowed);
    }
    limiter.limits = Limits::new(MINUTE, 5);
    let refused = limiter.ask::<Gcra>(Ask::Admit, 1);
    assert_eq!(refused.retry_after, Duration::from_secs(12));
}

/// Who waits as long as the decision says is admitted, and who waits a microsecond less is not.
#[test]
fn the_time_to_wait_is_exact() {
    let server = Server::start();
    let mut limiter = Limiter::new(&server, SEVENTHS);
    for _ in 0..3 {
        assert!(limiter.ask::<Gcra>(Ask::Admit, 1).allowed);
    }
    let refused = limiter.ask::<Gcra>(Ask::Admit, 1);
    // A seventh of a second, rounded up.
    assert_eq!(refused.retry_after, Duration::from_micros(142_858));
    limiter.now += 142_857;
    assert!(!limiter.ask::<Gcra>(Ask::Admit, 1).allowed);
    limiter.now += 1;
    assert!(limiter.ask::<Gcra>(Ask::Admit, 1).allowed);
}

#[test]
fn the_largest_limits_are_exact_too() {
    const MOST: u32 = u32::MAX;
    let server = Server::start();
    let century = 36_500 * 24 * 60 * 60 * 1000;
    for (calls, window) in [(MOST, 1), (MOST, century), (1, century), (1_000_000, 1000)] {
        let rules = Box::leak(Box::new([LimitRule::new(calls, window, calls)]));
        let mut limiter = Limiter::new(&server, rules);
        let decision = limiter.ask::<Gcra>(Ask::Admit, calls);
        assert!(decision.allowed, "{calls} in {window} ms");
        assert_eq!(decision.remaining, 0);
        assert_eq!(decision.reset_after, Duration::from_millis(window));
        let refused = limiter.ask::<Gcra>(Ask::Admit, 1);
        assert!(!refused.allowed);
        limiter.now += u64::try_from(refused.retry_after.as_micros()).unwrap();
        assert!(limiter.ask::<Gcra>(Ask::Admit, 1).allowed);
    }
}

/// So many entries at once that no list of arguments holds them.
#[test]
fn the_longest_log_is_written_whole() {
    const LONGEST: &[LimitRule] = &[LimitRule::new(10_000, 60_000, 10_000)];
    let server = Server::start();
    let mut limiter = Limiter::new(&server, LONGEST);
    for (cost, remaining) in [(1, 9999), (9998, 1), (1, 0)] {
        let decision = limiter.ask::<SlidingLog>(Ask::Admit, cost);
        assert_eq!((decision.allowed, decision.remaining), (true, remaining));
        limiter.now += 1;
    }
    assert!(!limiter.ask::<SlidingLog>(Ask::Admit, 1).allowed);
    limiter.send::<SlidingLog>(Ask::Refund, 9999);
    assert_eq!(limiter.ask::<SlidingLog>(Ask::Peek, 1).remaining, 9999);
}
