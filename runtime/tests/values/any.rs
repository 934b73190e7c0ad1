use std::time::{Duration, SystemTime};

use redis_schema::{ErrorKind, ExpireOption, Expiry, KeyType, Ttl};

use crate::schema::{keys, text};
use crate::server::Server;

const MINUTE: Duration = Duration::from_secs(60);

/// Whether a lifetime is the expected one, or what a slow machine leaves of it.
fn about(ttl: Ttl, expected: Duration) -> bool {
    ttl.remaining()
        .is_some_and(|left| left <= expected && left > expected.saturating_sub(MINUTE / 6))
}

#[test]
fn existence_and_deletion() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        assert_eq!(key.key().unwrap(), b"text:refresh:1");
        assert!(!link.ok(key.exists()));
        assert!(!link.ok(key.touch()));
        assert!(!link.ok(key.del()));
        assert!(!link.ok(key.unlink()));
        link.ok(key.set("a"));
        assert!(link.ok(key.exists()));
        assert!(link.ok(key.touch()));
        assert!(link.ok(key.del()));
        assert!(!link.ok(key.exists()));
        link.ok(key.set("a"));
        assert!(link.ok(key.unlink()));
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn the_type_that_is_really_there() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        assert_eq!(link.ok(key.key_type()), None);
        let cases: [(&[&str], KeyType); 6] = [
            (&["SET", "text:refresh:1", "a"], KeyType::String),
            (&["HSET", "text:refresh:1", "a", "b"], KeyType::Hash),
            (&["RPUSH", "text:refresh:1", "a"], KeyType::List),
            (&["SADD", "text:refresh:1", "a"], KeyType::Set),
            (&["ZADD", "text:refresh:1", "1", "a"], KeyType::ZSet),
            (&["XADD", "text:refresh:1", "*", "a", "b"], KeyType::Stream),
        ];
        for (words, expected) in cases {
            link.ok(key.del());
            link.raw::<redis::Value>(words);
            assert_eq!(link.ok(key.key_type()), Some(expected));
        }
    });
}

#[test]
fn what_the_server_knows_about_a_key() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        assert_eq!(link.ok(key.object_encoding()), None);
        assert_eq!(link.ok(key.object_idletime()), None);
        assert_eq!(link.ok(key.memory_usage()), None);
        link.ok(key.set("a"));
        assert_eq!(link.ok(key.object_encoding()).as_deref(), Some("embstr"));
        assert!(link.ok(key.object_idletime()).unwrap() < MINUTE);
        assert!(link.ok(key.memory_usage()).unwrap() > 16);
    });
}

#[test]
fn remaining_lifetimes() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        assert_eq!(link.ok(key.ttl()), Ttl::Missing);
        assert_eq!(link.ok(key.pttl()), Ttl::Missing);
        assert_eq!(link.ok(key.expire_time()), Expiry::Missing);
        link.raw::<()>(&["SET", "text:refresh:1", "a"]);
        assert_eq!(link.ok(key.ttl()), Ttl::Persistent);
        assert_eq!(link.ok(key.pttl()), Ttl::Persistent);
        assert_eq!(link.ok(key.expire_time()), Expiry::Persistent);
        link.ok(key.set("a"));
        assert!(about(link.ok(key.ttl()), Duration::from_secs(100)));
        assert!(about(link.ok(key.pttl()), Duration::from_secs(100)));
        let at: u64 = link.raw(&["PEXPIRETIME", "text:refresh:1"]);
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(at);
        assert_eq!(link.ok(key.expire_time()), Expiry::At(at));
    });
}

#[test]
fn lifetimes_changed_by_hand() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        assert!(!link.ok(key.expire(MINUTE)));
        assert!(!link.ok(key.pexpire(MINUTE)));
        assert!(!link.ok(key.persist()));
        assert!(!link.ok(key.refresh_ttl()));
        assert!(!link.ok(key.expire_at(SystemTime::now() + MINUTE)));
        link.ok(key.set("a"));
        assert!(link.ok(key.expire(MINUTE)));
        assert!(about(link.ok(key.ttl()), MINUTE));
        assert!(link.ok(key.expire(Duration::from_micros(59_000_001))));
        assert!(about(link.ok(key.pttl()), Duration::from_millis(59_001)));
        assert!(link.ok(key.pexpire(3 * MINUTE)));
        assert!(about(link.ok(key.ttl()), 3 * MINUTE));
        assert!(link.ok(key.persist()));
        assert!(!link.ok(key.persist()));
        assert_eq!(link.ok(key.ttl()), Ttl::Persistent);
        assert!(link.ok(key.refresh_ttl()));
        assert!(about(link.ok(key.ttl()), Duration::from_secs(100)));
        assert!(link.ok(key.expire_at(SystemTime::now() + 5 * MINUTE)));
        assert!(about(link.ok(key.ttl()), 5 * MINUTE));
        assert!(link.ok(key.pexpire_at(SystemTime::now() + 6 * MINUTE)));
        assert!(about(link.ok(key.ttl()), 6 * MINUTE));
    });
}

#[test]
fn extreme_lifetimes_are_accepted() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(1);
        link.ok(key.set("a"));
        assert!(link.ok(key.expire(Duration::MAX)));
        assert!(link.ok(key.pexpire(Duration::MAX)));
        assert!(link.ok(key.ttl()).remaining().unwrap() > 1_000_000 * MINUTE);
        // Rounded up: a lifetime too fine for the server must not delete the key at once.
        assert!(link.ok(key.expire(Duration::from_nanos(1_000_000_001))));
        assert!(link.pttl("text:refresh:1") > 0);
        assert!(link.ok(key.expire(Duration::ZERO)));
        assert!(!link.ok(key.exists()));
        link.ok(key.set("a"));
        assert!(link.ok(key.pexpire_at(SystemTime::UNIX_EPOCH - MINUTE)));
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn conditional_lifetimes() {
    Server::everywhere(0, |link| {
        use ExpireOption::{IfAny, IfLonger, IfNone, IfShorter};
        let key = text::Refresh::of(1);
        link.ok(key.set("a"));
        assert!(!link.ok(key.expire_with(MINUTE, IfNone)));
        assert!(link.ok(key.expire_with(MINUTE, IfAny)));
        assert!(!link.ok(key.expire_with(MINUTE / 2, IfLonger)));
        assert!(link.ok(key.expire_with(2 * MINUTE, IfLonger)));
        assert!(!link.ok(key.expire_with(3 * MINUTE, IfShorter)));
        assert!(link.ok(key.expire_with(MINUTE, IfShorter)));
        link.ok(key.persist());
        assert!(!link.ok(key.expire_with(MINUTE, IfAny)));
        assert!(!link.ok(key.expire_with(MINUTE, IfLonger)));
        assert!(link.ok(key.expire_with(MINUTE, IfNone)));
        assert!(about(link.ok(key.ttl()), MINUTE));
    });
}

#[test]
fn a_lifetime_starts_anew_as_declared() {
    Server::everywhere(0, |link| {
        let day = text::EndOfDay::of(1);
        link.raw::<()>(&["SET", "text:day:1", "a"]);
        assert!(link.ok(day.refresh_ttl()));
        text::EndOfDay::POLICY.assert_fresh(link, "text:day:1");
        let never = text::Never::of(1);
        assert!(!link.ok(never.refresh_ttl()));
        link.raw::<()>(&["SET", "text:never:1", "a"]);
        assert!(link.ok(never.refresh_ttl()));
        assert_eq!(link.pttl("text:never:1"), -1);
    });
}

#[test]
fn renaming_within_a_kind_takes_the_lifetime_along() {
    Server::everywhere(0, |link| {
        let (from, to) = (text::Refresh::of(1), text::Refresh::of(2));
        assert!(!link.ok(from.rename_to(&to)));
        assert!(!link.ok(from.rename_nx(&to)));
        link.ok(from.set("a"));
        link.ok(from.expire(MINUTE));
        assert!(link.ok(from.rename_to(&to)));
        assert!(about(link.ok(to.ttl()), MINUTE));
        link.ok(from.set("b"));
        assert!(!link.ok(from.rename_nx(&to)));
        assert_eq!(link.ok(to.get()).as_deref(), Some("a"));
        assert!(link.ok(from.rename_to(&to)));
        assert_eq!(link.ok(to.get()).as_deref(), Some("b"));
        assert!(!link.ok(from.exists()));
        assert!(link.ok(to.rename_nx(&from)));
        assert!(link.ok(from.exists()));
    });
}

#[test]
fn copying_within_a_kind_takes_the_lifetime_along() {
    Server::everywhere(0, |link| {
        let (from, to) = (text::Refresh::of(1), text::Refresh::of(2));
        assert!(!link.ok(from.copy_to(&to)));
        assert!(!link.ok(from.copy_replacing(&to)));
        link.ok(from.set("a"));
        link.ok(from.expire(MINUTE));
        assert!(link.ok(from.copy_to(&to)));
        assert!(about(link.ok(to.ttl()), MINUTE));
        link.ok(from.set("b"));
        assert!(!link.ok(from.copy_to(&to)));
        assert_eq!(link.ok(to.get()).as_deref(), Some("a"));
        assert!(link.ok(from.copy_replacing(&to)));
        assert_eq!(link.ok(to.get()).as_deref(), Some("b"));
        assert!(link.ok(from.exists()));
    });
}

#[test]
fn another_kind_gets_its_own_lifetime() {
    Server::everywhere(0, |link| {
        macro_rules! moved_to {
            ($($kind:ident)*) => {$(
                let to = text::$kind::of(1);
                let name = String::from_utf8(to.key().unwrap()).unwrap();
                let from = text::Refresh::of(9);
                for arrive in [
                    from.rename_to(&to), from.rename_nx(&to), from.copy_to(&to), from.copy_replacing(&to),
                ] {
                    link.raw::<()>(&["DEL", &name]);
                    link.ok(from.set_ex("a", MINUTE));
                    assert!(link.ok(arrive));
                    text::$kind::POLICY.assert_fresh(link, &name);
                }
            )*};
        }
        moved_to!(Keep Never Jitter EndOfDay EndOfDayKeep Legacy Odd);
    });
}

#[test]
fn a_dump_comes_back_with_the_declared_lifetime() {
    Server::everywhere(0, |link| {
        let key = text::Refresh::of(9);
        assert_eq!(link.ok(key.dump()), None);
        link.ok(key.set("a"));
        let dump = link.ok(key.dump()).unwrap();
        let error = link.fails(ErrorKind::Server, key.restore(&dump));
        assert!(error.to_string().contains("BUSYKEY"), "{error}");
        let error = link.fails(ErrorKind::Server, key.restore_replacing(b"damaged"));
        assert_eq!(error.template(), "text:refresh:{id}");
        macro_rules! restored_as {
            ($($kind:ident)*) => {$(
                let to = text::$kind::of(1);
                let name = String::from_utf8(to.key().unwrap()).unwrap();
                link.ok(to.restore(&dump));
                text::$kind::POLICY.assert_fresh(link, &name);
                link.raw::<()>(&["PEXPIRE", &name, "77"]);
                link.ok(to.restore_replacing(&dump));
                text::$kind::POLICY.assert_fresh(link, &name);
                assert_eq!(link.ok(to.get()).as_deref(), Some("a"));
            )*};
        }
        restored_as!(Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy OnRead Odd);
    });
}

#[test]
fn a_command_runs_only_on_its_database() {
    Server::everywhere(0, |link| {
        let session = keys::session("s1");
        link.fails(ErrorKind::WrongDatabase, session.get());
        let error = link.fails(
            ErrorKind::MixedDatabases,
            text::Refresh::of(1).rename_to(&session),
        );
        assert_eq!(error.template(), "session:{token}");
    });
    Server::everywhere(1, |link| {
        link.ok(keys::session("s1").set("me"));
        assert!(link.ok(keys::session("s1").exists()));
        assert_eq!(link.raw::<i64>(&["EXISTS", "session:s1"]), 1);
    });
}

#[test]
fn a_parameter_outside_its_alphabet_reaches_no_server() {
    Server::everywhere(1, |link| {
        for token in ["", "a:b", "a b", "ä", "{a}", "*", &"a".repeat(65)] {
            let session = keys::session(token);
            let error = link.fails(ErrorKind::Param, session.get());
            assert_eq!(error.template(), "session:{token}");
            assert!(session.key().is_err());
            assert!(
                token.is_empty() || !error.to_string().contains(token),
                "{error}"
            );
        }
    });
}
