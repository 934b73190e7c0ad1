use std::time::Duration;

use redis_schema::rate_limit::{Algorithm, Decision, Limited};
use redis_schema::structure::RateLimit;
use redis_schema::{ErrorKind, Handle, Key, RetryClass};

use crate::schema::{Both, BothLog, Log, Minute};
use crate::server::{Link, Server};

/// A limiter of either algorithm.
trait Limiter: Copy + Limited<Structure = RateLimit<Self::By>> {
    type By: Algorithm;
}

impl Limiter for Minute {
    type By = redis_schema::rate_limit::Gcra;
}
impl Limiter for Log {
    type By = redis_schema::rate_limit::SlidingLog;
}
impl Limiter for Both {
    type By = redis_schema::rate_limit::Gcra;
}
impl Limiter for BothLog {
    type By = redis_schema::rate_limit::SlidingLog;
}

fn admitted<K: Limiter>(link: &mut Link, key: K) -> Decision {
    let decision = link.ok(Handle::new(key).admit());
    assert!(decision.allowed, "{decision:?}");
    assert_eq!(decision.retry_after, Duration::ZERO);
    decision
}

fn refused<K: Limiter>(link: &mut Link, key: K) -> Decision {
    let decision = link.ok(Handle::new(key).admit());
    assert!(!decision.allowed, "{decision:?}");
    assert!(decision.retry_after > Duration::ZERO);
    decision
}

/// What is left of the life of a limiter's key; the key is there.
fn lives<K: Key>(link: &mut Link) -> u64 {
    let millis = link.pttl(K::spec().template);
    u64::try_from(millis).expect("a lifetime")
}

fn five_of_a_thousand<K: Limiter>(key: K) {
    Server::everywhere(0, |link| {
        let handle = Handle::new(key);
        let mut allowed = 0;
        for call in 0..1000 {
            let decision = link.ok(handle.admit());
            allowed += u32::from(decision.allowed);
            assert_eq!(decision.allowed, call < 5);
            assert_eq!(decision.remaining, 4_u32.saturating_sub(call));
            assert_eq!(decision.limit(), 5);
            assert!(!decision.without_server);
            assert!((1..=60_000).contains(&lives::<K>(link)));
        }
        assert_eq!(allowed, 5);
    });
}

#[test]
fn five_a_minute_are_five_of_a_thousand() {
    five_of_a_thousand(Minute);
    five_of_a_thousand(Log);
}

/// Every rule has to allow a call, and a call that one refuses counts for none.
fn all_or_nothing<K: Limiter>(key: K) {
    Server::everywhere(0, |link| {
        let handle = Handle::new(key);
        let widest = || K::LIMITS.rules()[1];
        for _ in 0..4 {
            let decision = admitted(link, key);
            assert_eq!(decision.rule, K::LIMITS.rules()[0], "the stricter one");
        }
        // Three do not go into the minute, so none is counted for the hour.
        for _ in 0..9 {
            let refused = link.ok(handle.admit_cost(3));
            assert!(!refused.allowed);
            assert_eq!(refused.rule, K::LIMITS.rules()[0]);
            assert_eq!(refused.remaining, 1);
        }
        assert_eq!(link.ok(handle.admit_cost(1)).remaining, 0);
        refused(link, key);
        assert!(lives::<K>(link) > 60_000, "for as long as the hour counts");
        assert_eq!(widest().window(), Duration::from_secs(3600));
    });
}

#[test]
fn a_call_counts_for_all_rules_or_for_none() {
    all_or_nothing(Both);
    all_or_nothing(BothLog);
}

fn looking_counts_nothing<K: Limiter>(key: K) {
    Server::everywhere(0, |link| {
        let handle = Handle::new(key);
        for _ in 0..20 {
            let decision = link.ok(handle.peek());
            assert!(decision.allowed);
            assert_eq!(
                (decision.remaining, decision.reset_after),
                (5, Duration::ZERO)
            );
        }
        assert!(!link.ok(handle.exists()), "nothing is written");
        admitted(link, key);
        let seen = link.ok(handle.peek());
        assert_eq!(seen.remaining, 4);
        assert!(seen.reset_after > Duration::from_secs(1));
        assert_eq!(handle.peek().retry_class(), RetryClass::Read);
        assert_eq!(handle.admit().retry_class(), RetryClass::Unsafe);
        assert_eq!(handle.refund(1).retry_class(), RetryClass::Unsafe);
        assert_eq!(handle.reset().retry_class(), RetryClass::Idempotent);
    });
}

#[test]
fn a_look_counts_nothing() {
    looking_counts_nothing(Minute);
    looking_counts_nothing(Log);
}

fn gives_back<K: Limiter>(key: K) {
    Server::everywhere(0, |link| {
        let handle = Handle::new(key);
        link.ok(handle.refund(5));
        assert!(!link.ok(handle.exists()), "nothing to give back");
        for _ in 0..5 {
            admitted(link, key);
        }
        refused(link, key);
        link.ok(handle.refund(2));
        assert!((1..=60_000).contains(&lives::<K>(link)));
        assert_eq!(admitted(link, key).remaining, 1);
        assert_eq!(admitted(link, key).remaining, 0);
        refused(link, key);
        link.ok(handle.refund(5));
        link.ok(handle.refund(5));
        assert_eq!(link.ok(handle.peek()).remaining, 5, "never more than all");
        assert!(!link.ok(handle.exists()), "nothing counts");
    });
}

#[test]
fn what_came_to_nothing_is_given_back() {
    gives_back(Minute);
    gives_back(Log);
}

fn forgets<K: Limiter>(key: K) {
    Server::everywhere(0, |link| {
        let handle = Handle::new(key);
        link.ok(handle.reset());
        assert_eq!(link.ok(handle.admit_cost(5)).remaining, 0);
        refused(link, key);
        link.ok(handle.reset());
        assert_eq!(admitted(link, key).remaining, 4);
    });
}

#[test]
fn a_reset_forgets_every_call() {
    forgets(Minute);
    forgets(Log);
}

#[test]
fn what_could_never_be_admitted_is_told_at_once() {
    Server::everywhere(0, |link| {
        let handle = Handle::new(Both);
        let error = link.fails(ErrorKind::CostExceedsBurst, handle.admit_cost(4));
        assert_eq!(
            error.to_string(),
            "both: the call costs more than is ever admitted at once: at most 3 at once"
        );
        link.fails(ErrorKind::CostExceedsBurst, handle.refund(4));
        link.fails(ErrorKind::Encode, handle.admit_cost(0));
        assert!(!link.ok(handle.exists()));
        assert!(link.ok(handle.admit_cost(3)).allowed);
    });
}

#[test]
fn what_is_no_limiter_is_told() {
    Server::everywhere(0, |link| {
        link.raw::<()>(&["SET", "minute", "5"]);
        link.fails(ErrorKind::WrongType, Handle::new(Minute).admit());
        link.raw::<()>(&["HSET", "log", "60000", "5"]);
        link.fails(ErrorKind::WrongType, Handle::new(Log).admit());
        link.raw::<()>(&["DEL", "minute"]);
        link.raw::<()>(&["HSET", "minute", "60000", "never"]);
        link.fails(ErrorKind::Corrupt, Handle::new(Minute).admit());
    });
}

#[test]
fn a_key_that_lost_its_lifetime_gets_it_back() {
    Server::everywhere(0, |link| {
        for (name, cost) in [("minute", 1), ("log", 1)] {
            let admit = |link: &mut Link| match name {
                "minute" => link.ok(Handle::new(Minute).admit_cost(cost)),
                _ => link.ok(Handle::new(Log).admit_cost(cost)),
            };
            admit(link);
            link.raw::<()>(&["PERSIST", name]);
            admit(link);
            assert!(link.pttl(name) > 0);
        }
    });
}

#[test]
fn headers_are_whole_seconds_that_are_not_too_early() {
    Server::everywhere(0, |link| {
        let handle = Handle::new(Minute);
        let first = admitted(link, Minute);
        let headers: Vec<_> = first.headers().collect();
        assert_eq!(
            headers,
            [
                ("RateLimit-Limit", 5),
                ("RateLimit-Remaining", 4),
                ("RateLimit-Reset", 12)
            ]
        );
        link.ok(handle.admit_cost(4));
        let last = refused(link, Minute);
        assert_eq!(last.retry_after_seconds(), 12);
        assert!(last.retry_after < Duration::from_secs(12));
        assert_eq!(last.headers().last(), Some(("Retry-After", 12)));
        assert_eq!(last.headers().count(), 4);
    });
}
