use redis_schema::ErrorKind;

use crate::schema::{count, large, ratio, small};
use crate::server::Server;

#[test]
fn a_counter_counts() {
    Server::everywhere(0, |link| {
        let key = count::Refresh::of(1);
        assert_eq!(link.ok(key.get()), None);
        assert_eq!(link.ok(key.reset()), None);
        assert_eq!(link.ok(key.incr()), 1);
        assert_eq!(link.ok(key.incr_by(41)), 42);
        assert_eq!(link.ok(key.decr()), 41);
        assert_eq!(link.ok(key.incr_by(-50)), -9);
        assert_eq!(link.ok(key.get()), Some(-9));
        link.ok(key.set(7));
        assert_eq!(link.ok(key.reset()), Some(7));
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        under_every_policy!(link, count, Dropped, |key| key.set(3));
        under_every_policy!(link, count, Stays, |key| key.incr());
        under_every_policy!(link, count, Stays, |key| key.incr_by(-7));
        under_every_policy!(link, count, Stays, |key| key.incr_bounded(1, 0..=100));
        under_every_policy!(link, small, Stays, |key| key.incr());
        under_every_policy!(link, ratio, Stays, |key| key.incr_by_float(0.5));
    });
}

#[test]
fn a_narrow_counter_stays_within_its_type() {
    Server::everywhere(0, |link| {
        let key = small::Refresh::of(1);
        let error = link.fails(ErrorKind::OutOfRange, key.decr());
        assert_eq!(error.template(), "small:refresh:{id}");
        assert!(!link.ok(key.exists()), "nothing is created");
        assert_eq!(link.ok(key.incr_by(255)), 255);
        link.raw::<()>(&["PEXPIRE", "small:refresh:1", "7777"]);
        link.fails(ErrorKind::OutOfRange, key.incr());
        link.fails(ErrorKind::OutOfRange, key.incr_by(i64::MAX));
        assert_eq!(link.ok(key.get()), Some(255));
        assert!(
            link.pttl("small:refresh:1") <= 7777,
            "a refused count renews nothing"
        );
        assert_eq!(link.ok(key.decr()), 254);
    });
}

#[test]
fn the_ends_of_the_servers_range() {
    Server::everywhere(0, |link| {
        let key = count::Refresh::of(1);
        link.ok(key.set(i64::MAX - 1));
        assert_eq!(link.ok(key.incr()), i64::MAX);
        link.fails(ErrorKind::OutOfRange, key.incr());
        link.ok(key.set(i64::MIN + 1));
        assert_eq!(link.ok(key.decr()), i64::MIN);
        link.fails(ErrorKind::OutOfRange, key.decr());
        let key = large::Refresh::of(1);
        assert_eq!(
            link.ok(key.incr_by(i64::MAX)),
            u64::try_from(i64::MAX).unwrap()
        );
        link.fails(ErrorKind::OutOfRange, key.incr());
        assert_eq!(link.ok(key.incr_by(-i64::MAX)), 0);
        link.fails(ErrorKind::OutOfRange, key.decr());
        assert_eq!(link.ok(key.get()), Some(0));
    });
}

#[test]
fn bounds_given_by_the_caller() {
    Server::everywhere(0, |link| {
        let key = count::Refresh::of(1);
        assert_eq!(link.ok(key.incr_bounded(3, 0..=5)), Some(3));
        assert_eq!(link.ok(key.incr_bounded(3, 0..=5)), None);
        assert_eq!(link.ok(key.incr_bounded(2, 0..=5)), Some(5));
        assert_eq!(link.ok(key.incr_bounded(-6, -1..=5)), Some(-1));
        assert_eq!(link.ok(key.incr_bounded(-1, -1..=5)), None);
        assert_eq!(link.ok(key.incr_bounded(-9, -10..=-2)), Some(-10));
        assert_eq!(link.ok(key.incr_bounded(9, -10..=-2)), None);
        assert_eq!(link.ok(key.get()), Some(-10));
        // Beyond the integers that the server's scripts can tell apart.
        let edge = 1 << 60;
        link.ok(key.set(edge));
        assert_eq!(link.ok(key.incr_bounded(2, 0..=edge + 1)), None);
        assert_eq!(link.ok(key.incr_bounded(1, 0..=edge + 1)), Some(edge + 1));
        let untouched = count::Refresh::of(2);
        assert_eq!(link.ok(untouched.incr_bounded(1, 5..=6)), None);
        assert!(!link.ok(untouched.exists()));
    });
}

#[test]
fn fractions() {
    Server::everywhere(0, |link| {
        let key = ratio::Refresh::of(1);
        assert_eq!(link.ok(key.get()), None);
        link.ok(key.set(1.5));
        assert_eq!(link.ok(key.incr_by_float(0.25)), 1.75);
        assert_eq!(link.ok(key.incr_by_float(-2.0)), -0.25);
        assert_eq!(link.ok(key.get()), Some(-0.25));
        for by in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            link.fails(ErrorKind::Encode, key.incr_by_float(by));
        }
        assert_eq!(link.ok(key.reset()), Some(-0.25));
    });
}

#[test]
fn what_is_stored_is_no_number() {
    Server::everywhere(0, |link| {
        for stored in ["secret", "1.5", "", " 1"] {
            link.raw::<()>(&["SET", "count:refresh:1", stored]);
            link.raw::<()>(&["SET", "small:refresh:1", stored]);
            let (wide, narrow) = (count::Refresh::of(1), small::Refresh::of(1));
            let errors = [
                link.fails(ErrorKind::Corrupt, wide.get()),
                link.fails(ErrorKind::Corrupt, wide.incr()),
                link.fails(ErrorKind::Corrupt, narrow.incr()),
                link.fails(ErrorKind::Corrupt, wide.incr_bounded(1, 0..=5)),
            ];
            for error in errors {
                assert!(error.template().ends_with(":refresh:{id}"));
                assert!(!error.to_string().contains("secret"), "{error}");
            }
        }
        link.raw::<()>(&["SET", "ratio:refresh:1", "secret"]);
        link.fails(ErrorKind::Corrupt, ratio::Refresh::of(1).incr_by_float(1.0));
        link.raw::<()>(&["DEL", "count:refresh:1"]);
        link.raw::<()>(&["RPUSH", "count:refresh:1", "1"]);
        link.fails(ErrorKind::WrongType, count::Refresh::of(1).incr());
        link.fails(
            ErrorKind::WrongType,
            count::Refresh::of(1).incr_bounded(1, 0..=5),
        );
    });
}

#[test]
fn reads_that_renew() {
    Server::everywhere(0, |link| {
        let key = count::OnRead::of(1);
        link.ok(key.incr());
        link.raw::<()>(&["PEXPIRE", "count:onread:1", "7777"]);
        assert_eq!(link.ok(key.get()), Some(1));
        count::OnRead::POLICY.assert_fresh(link, "count:onread:1");
    });
}
