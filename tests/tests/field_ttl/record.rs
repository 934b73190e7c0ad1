use std::time::Duration;

use redis_schema::{Edits, ErrorKind, atomic};
use redis_schema_tests::newest::{SignIn, keys, units};

use crate::{each_protocol, id, left, lives, shorten};

const KEY: &str = "sign_in:00000000-0000-0000-0000-000000000007";
const FIVE: Duration = Duration::from_secs(300);
const TEN: Duration = Duration::from_secs(600);
const MINUTE: Duration = Duration::from_secs(60);

fn full() -> SignIn {
    let mut record = SignIn::new("somebody");
    record.code = Some("1234".to_owned());
    record.link = Some("https://example.org".to_owned());
    record.tries = 1;
    record
}

#[test]
fn a_record_is_written_with_the_lifetimes_of_its_fields() {
    each_protocol(|c| {
        let key = keys::sign_in(id());
        key.hset(&full()).query(c).unwrap();
        for (field, life) in [
            ("code", FIVE),
            ("link", FIVE),
            ("tries", TEN),
            ("visits", TEN),
        ] {
            lives(c, KEY, field, life);
        }
        assert_eq!(left(c, KEY, "name"), None);
        assert_eq!(left(c, KEY, "seen"), None);
        let mut read = key.hgetall().query(c).unwrap().unwrap();
        read.seen = full().seen;
        assert_eq!(read, full());

        // Written again: refreshed, or kept.
        for field in ["code", "link", "tries", "visits"] {
            shorten(c, KEY, field, 60);
        }
        key.hset(&full()).query(c).unwrap();
        for (field, life) in [
            ("code", FIVE),
            ("link", FIVE),
            ("tries", MINUTE),
            ("visits", MINUTE),
        ] {
            lives(c, KEY, field, life);
        }
        // Fields that are absent in the record are gone.
        key.hset(&SignIn::new("n")).query(c).unwrap();
        assert_eq!(key.hget(SignIn::CODE).query(c).unwrap(), None);
    });
}

#[test]
fn an_expired_field_is_absent_and_the_record_stays() {
    each_protocol(|c| {
        let key = keys::sign_in(id());
        key.hset(&full()).query(c).unwrap();
        for field in [SignIn::CODE, SignIn::LINK] {
            key.hexpire(field, Duration::ZERO).query(c).unwrap();
        }
        key.hexpire(SignIn::TRIES, Duration::ZERO).query(c).unwrap();
        let read = key.hgetall().query(c).unwrap().unwrap();
        assert_eq!((read.code, read.link, read.tries), (None, None, 0));
        assert_eq!(read.name, "somebody");
    });
}

#[test]
fn single_fields_are_written_with_their_lifetimes() {
    each_protocol(|c| {
        let key = keys::sign_in(id());
        key.hset_field(SignIn::CODE, "1").query(c).unwrap();
        key.hset_field(SignIn::TRIES, &3).query(c).unwrap();
        lives(c, KEY, "code", FIVE);
        lives(c, KEY, "tries", TEN);
        shorten(c, KEY, "code", 60);
        shorten(c, KEY, "tries", 60);
        let both = ((SignIn::CODE, "2"), (SignIn::TRIES, &4));
        key.hset_fields(both).query(c).unwrap();
        lives(c, KEY, "code", FIVE);
        lives(c, KEY, "tries", MINUTE);
        assert_eq!(key.hget(SignIn::TRIES).query(c).unwrap(), Some(4));

        assert!(key.hdel(SignIn::CODE).query(c).unwrap());
        assert!(key.hset_nx(SignIn::CODE, "3").query(c).unwrap());
        lives(c, KEY, "code", FIVE);
        shorten(c, KEY, "code", 60);
        assert!(!key.hset_nx(SignIn::CODE, "4").query(c).unwrap());
        lives(c, KEY, "code", MINUTE);
        // A field without its lifetime, as another program may leave it, gets it.
        redis::cmd("HSET")
            .arg(&[KEY, "tries", "9"])
            .exec(c)
            .unwrap();
        key.hset_field(SignIn::TRIES, &5).query(c).unwrap();
        lives(c, KEY, "tries", TEN);
    });
}

#[test]
fn counting_gives_and_keeps_lifetimes() {
    each_protocol(|c| {
        let key = keys::sign_in(id());
        // Narrow, by a script, and as wide as the server's own.
        key.hincr(SignIn::TRIES, 2).query(c).unwrap();
        key.hincr(SignIn::VISITS, 2).query(c).unwrap();
        for field in ["tries", "visits"] {
            lives(c, KEY, field, TEN);
            shorten(c, KEY, field, 60);
        }
        key.hincr(SignIn::TRIES, 2).query(c).unwrap();
        key.hincr(SignIn::VISITS, 2).query(c).unwrap();
        lives(c, KEY, "tries", MINUTE);
        lives(c, KEY, "visits", MINUTE);
        // A count that is taken back leaves the field as it was.
        let error = key.hincr(SignIn::TRIES, 500).query(c).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutOfRange);
        assert_eq!(key.hget(SignIn::TRIES).query(c).unwrap(), Some(4));
        lives(c, KEY, "tries", MINUTE);
    });
}

#[test]
fn creating_and_updating_give_lifetimes() {
    each_protocol(|c| {
        let key = keys::sign_in(id());
        assert!(key.create(&full()).query(c).unwrap());
        lives(c, KEY, "code", FIVE);
        lives(c, KEY, "tries", TEN);
        for field in ["code", "tries", "link", "visits"] {
            shorten(c, KEY, field, 60);
        }
        assert!(!key.create(&full()).query(c).unwrap());
        lives(c, KEY, "code", MINUTE);

        let edits = Edits::new()
            .set(SignIn::CODE, "2")
            .set(SignIn::TRIES, &7)
            .incr(SignIn::VISITS, 1)
            .set(SignIn::NAME, "other");
        assert!(key.update(edits).query(c).unwrap());
        lives(c, KEY, "code", FIVE);
        for field in ["tries", "visits", "link"] {
            lives(c, KEY, field, MINUTE);
        }
        assert_eq!(left(c, KEY, "name"), None);

        // An update that fails half-way puts values and lifetimes back.
        shorten(c, KEY, "code", 100);
        let edits = Edits::new().set(SignIn::CODE, "3").incr(SignIn::TRIES, 255);
        let error = key.update(edits).query(c).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutOfRange);
        assert_eq!(
            key.hget(SignIn::CODE).query(c).unwrap().as_deref(),
            Some("2")
        );
        assert_eq!(key.hget(SignIn::TRIES).query(c).unwrap(), Some(7));
        lives(c, KEY, "code", Duration::from_secs(100));
        lives(c, KEY, "tries", MINUTE);
        // A removed field stays removed.
        let edits = Edits::new().del(SignIn::CODE).set(SignIn::TRIES, &1);
        assert!(key.update(edits).query(c).unwrap());
        assert_eq!(key.hget(SignIn::CODE).query(c).unwrap(), None);
    });
}

#[test]
fn a_field_that_had_another_name_gets_its_lifetime_with_the_new_one() {
    each_protocol(|c| {
        let key = keys::sign_in(id());
        redis::cmd("HSET")
            .arg(&[KEY, "name", "n", "url", "u"])
            .exec(c)
            .unwrap();
        redis::cmd("EXPIRE").arg(&[KEY, "86400"]).exec(c).unwrap();
        assert_eq!(
            key.hrefresh_ttl(SignIn::LINK).query(c).unwrap(),
            redis_schema::FieldTtlChange::Changed
        );
        lives(c, KEY, "url", FIVE);
        assert_eq!(
            key.hget_ex(SignIn::LINK).query(c).unwrap().as_deref(),
            Some("u")
        );
        key.hset_field(SignIn::LINK, "v").query(c).unwrap();
        lives(c, KEY, "link", FIVE);
        assert_eq!(
            key.hget(SignIn::LINK).query(c).unwrap().as_deref(),
            Some("v")
        );
    });
}

#[test]
fn reading_may_start_a_lifetime_anew() {
    each_protocol(|c| {
        let key = keys::sign_in(id());
        key.hset(&full()).query(c).unwrap();
        shorten(c, KEY, "code", 60);
        assert_eq!(
            key.hget(SignIn::CODE).query(c).unwrap().as_deref(),
            Some("1234")
        );
        lives(c, KEY, "code", MINUTE);
        assert_eq!(
            key.hget_ex(SignIn::CODE).query(c).unwrap().as_deref(),
            Some("1234")
        );
        lives(c, KEY, "code", FIVE);
        shorten(c, KEY, "code", 60);
        assert!(
            key.hrefresh_ttl(SignIn::CODE)
                .query(c)
                .unwrap()
                .is_changed()
        );
        lives(c, KEY, "code", FIVE);
    });
}

#[test]
fn units_and_transactions_give_lifetimes() {
    each_protocol(|c| {
        let record = full();
        let unit = units::Move {
            id: id(),
            places: &[],
            sign_in: &record,
            online: &[("phone".to_owned(), redis_schema::value::TimestampMs::new(5))],
        };
        atomic(unit.commands(())).query(c).unwrap();
        lives(c, KEY, "code", FIVE);
        lives(c, KEY, "tries", TEN);
        lives(
            c,
            "online:00000000-0000-0000-0000-000000000007",
            "phone",
            Duration::from_secs(30),
        );
    });
}
