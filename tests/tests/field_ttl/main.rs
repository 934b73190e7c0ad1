//! Lifetimes of single fields on a server that has them: every write gives them, whatever else it does.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod map;
mod record;

use std::time::Duration;

use redis_schema::{FieldTtlChange, Ttl};
use redis_schema_test_server::{Protocol, Server};

/// Runs a test over both protocols.
fn each_protocol(test: impl Fn(&mut redis::Connection)) {
    let server = Server::start_newer();
    for protocol in Protocol::ALL {
        let mut connection = server.connect(protocol, 0);
        redis::cmd("FLUSHALL").exec(&mut connection).unwrap();
        test(&mut connection);
    }
}

fn id() -> redis_schema::value::Uuid {
    redis_schema::value::Uuid::from_u128(7)
}

/// What is left of a field's life, as the server tells it.
#[track_caller]
fn left(connection: &mut redis::Connection, key: &str, field: &str) -> Option<Duration> {
    let left: Vec<i64> = redis::cmd("HPTTL")
        .arg(&[key, "FIELDS", "1", field])
        .query(connection)
        .unwrap();
    assert_ne!(left, [-2], "{field} does not exist");
    u64::try_from(left[0]).ok().map(Duration::from_millis)
}

/// Asserts that a field has about this much of its life left, and the key more.
#[track_caller]
fn lives(connection: &mut redis::Connection, key: &str, field: &str, expected: Duration) {
    let left = left(connection, key, field).unwrap_or_else(|| panic!("{field} never expires"));
    let about = expected.saturating_sub(Duration::from_secs(20))..=expected;
    assert!(about.contains(&left), "{field} lives {left:?}");
    let key: i64 = redis::cmd("PTTL").arg(key).query(connection).unwrap();
    assert!(key > 1_800_000, "the key lives {key} ms");
}

/// Leaves a field this much of its life.
#[track_caller]
fn shorten(connection: &mut redis::Connection, key: &str, field: &str, seconds: u32) {
    let done: Vec<i64> = redis::cmd("HEXPIRE")
        .arg(&[key, &seconds.to_string(), "FIELDS", "1", field])
        .query(connection)
        .unwrap();
    assert_eq!(done, [1]);
}

#[test]
fn what_the_server_answers_is_told_apart() {
    each_protocol(|c| {
        use redis_schema_tests::newest::{SignIn, keys};
        let key = keys::sign_in(id());
        let (code, hour) = (SignIn::CODE, Duration::from_secs(3600));
        assert_eq!(key.hpttl(code).query(c).unwrap(), Ttl::Missing);
        assert_eq!(
            key.hexpire(code, hour).query(c).unwrap(),
            FieldTtlChange::Missing
        );
        assert_eq!(
            key.hpersist(code).query(c).unwrap(),
            FieldTtlChange::Missing
        );
        assert_eq!(key.hget_ex(code).query(c).unwrap(), None);

        key.hset(&SignIn::new("n")).query(c).unwrap();
        assert_eq!(key.hpttl(code).query(c).unwrap(), Ttl::Missing);
        assert_eq!(
            key.hrefresh_ttl(code).query(c).unwrap(),
            FieldTtlChange::Missing
        );
        key.hset_field(code, "1234").query(c).unwrap();
        assert_eq!(
            key.httl(code).query(c).unwrap(),
            Ttl::Expires(Duration::from_secs(300))
        );

        use redis_schema::ExpireOption::{IfLonger, IfNone, IfShorter};
        let with = |option| key.hexpire_with(code, hour, option);
        assert_eq!(with(IfNone).query(c).unwrap(), FieldTtlChange::Unchanged);
        assert_eq!(with(IfShorter).query(c).unwrap(), FieldTtlChange::Unchanged);
        assert_eq!(with(IfLonger).query(c).unwrap(), FieldTtlChange::Changed);
        assert_eq!(
            key.hpersist(code).query(c).unwrap(),
            FieldTtlChange::Changed
        );
        assert_eq!(
            key.hpersist(code).query(c).unwrap(),
            FieldTtlChange::Unchanged
        );
        assert_eq!(key.hpttl(code).query(c).unwrap(), Ttl::Persistent);
        let longest = key.hexpire(code, Duration::MAX).query(c).unwrap();
        assert_eq!(longest, FieldTtlChange::Changed);
        let gone = key.hexpire(code, Duration::ZERO).query(c).unwrap();
        assert_eq!(gone, FieldTtlChange::Deleted);
        assert_eq!(key.hget(code).query(c).unwrap(), None);

        key.hset_field(code, "1234").query(c).unwrap();
        let past = key
            .hexpire_at(code, std::time::UNIX_EPOCH)
            .query(c)
            .unwrap();
        assert_eq!(past, FieldTtlChange::Deleted);
        key.hset_field(code, "1234").query(c).unwrap();
        let at = std::time::SystemTime::now() + hour;
        assert_eq!(
            key.hexpire_at(code, at).query(c).unwrap(),
            FieldTtlChange::Changed
        );
        let redis_schema::Expiry::At(moment) = key.hexpire_time(code).query(c).unwrap() else {
            panic!("no moment");
        };
        let off = at
            .duration_since(moment)
            .unwrap_or_else(|off| off.duration());
        assert!(off < Duration::from_millis(2));
    });
}
