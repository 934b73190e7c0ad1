use std::time::Duration;

use redis_schema::value::TimestampMs;
use redis_schema::{ErrorKind, FieldTtlChange, Ttl};
use redis_schema_tests::newest::keys;

use crate::{each_protocol, id, lives, shorten};

const ONLINE: &str = "online:00000000-0000-0000-0000-000000000007";
const QUOTA: &str = "quota:00000000-0000-0000-0000-000000000007";
const HALF: Duration = Duration::from_secs(30);
const MINUTE: Duration = Duration::from_secs(60);
const LITTLE: Duration = Duration::from_secs(25);

#[test]
fn every_field_of_a_map_gets_its_lifetime() {
    each_protocol(|c| {
        let key = keys::online(id());
        let at = TimestampMs::new(1);
        assert!(key.hset("a", &at).query(c).unwrap());
        assert!(!key.hset("a", &at).query(c).unwrap());
        assert_eq!(
            key.hset_multiple([("a", at), ("b", at)]).query(c).unwrap(),
            1
        );
        assert!(key.hset_nx("c", &at).query(c).unwrap());
        assert_eq!(key.hincr("d", 5).query(c).unwrap(), TimestampMs::new(5));
        for field in ["a", "b", "c", "d"] {
            lives(c, ONLINE, field, HALF);
            shorten(c, ONLINE, field, 4);
        }
        assert!(!key.hset_nx("c", &at).query(c).unwrap());
        lives(c, ONLINE, "c", Duration::from_secs(4));
        key.hset("a", &at).query(c).unwrap();
        key.hset_multiple([("b", at)]).query(c).unwrap();
        key.hincr("d", 5).query(c).unwrap();
        key.hset_multiple([("c", at); 0]).query(c).unwrap();
        for field in ["a", "b", "d"] {
            let Ttl::Expires(left) = key.hpttl(field).query(c).unwrap() else {
                panic!("{field} does not expire");
            };
            assert!(left > LITTLE, "{field} lives {left:?}");
        }
        assert_eq!(key.hpersist("c").query(c).unwrap(), FieldTtlChange::Changed);
        assert_eq!(key.httl("c").query(c).unwrap(), Ttl::Persistent);
        assert_eq!(key.hget_ex("c").query(c).unwrap(), Some(at));
        lives(c, ONLINE, "c", HALF);
        assert_eq!(key.hget_ex("none").query(c).unwrap(), None);
        assert_eq!(
            key.hrefresh_ttl("none").query(c).unwrap(),
            FieldTtlChange::Missing
        );
        assert_eq!(
            key.hexpire("c", MINUTE).query(c).unwrap(),
            FieldTtlChange::Changed
        );
    });
}

#[test]
fn what_remains_of_a_fields_life_may_be_kept() {
    each_protocol(|c| {
        let key = keys::quota(id());
        assert!(key.hset("a", &1).query(c).unwrap());
        assert_eq!(key.hset_multiple([("a", 1), ("b", 1)]).query(c).unwrap(), 1);
        assert!(key.hset_nx("c", &1).query(c).unwrap());
        assert_eq!(key.hincr("d", 1).query(c).unwrap(), 1);
        assert_eq!(key.hincr_bounded("e", 1, 0..=3).query(c).unwrap(), Some(1));
        let fields = ["a", "b", "c", "d", "e"];
        for field in fields {
            lives(c, QUOTA, field, MINUTE);
            shorten(c, QUOTA, field, 25);
        }
        assert!(!key.hset("a", &2).query(c).unwrap());
        key.hset_multiple([("b", 2)]).query(c).unwrap();
        key.hincr("c", 1).query(c).unwrap();
        key.hincr_bounded("d", 1, 0..=3).query(c).unwrap();
        assert_eq!(key.hincr_bounded("e", 5, 0..=3).query(c).unwrap(), None);
        let error = key.hincr("e", i64::from(u16::MAX)).query(c).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutOfRange);
        for field in fields {
            lives(c, QUOTA, field, LITTLE);
        }
        assert_eq!(key.hget("e").query(c).unwrap(), Some(1));
        assert_eq!(key.hget("a").query(c).unwrap(), Some(2));
    });
}
