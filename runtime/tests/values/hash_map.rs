use std::collections::BTreeMap;

use redis_schema::{ErrorKind, Handle, Store};

use crate::schema::{gauges, map, tally};
use crate::server::{Link, Protocol, Server};

#[test]
fn fields_and_values() {
    Server::everywhere(0, |link| {
        let key = map::Refresh::of(1);
        assert_eq!(link.ok(key.hget(&7)), None);
        assert_eq!(link.ok(key.hgetall()), []);
        assert!(link.ok(key.is_empty()));
        assert!(link.ok(key.hset(&7, "seven")));
        assert!(!link.ok(key.hset(&7, "sieben")));
        assert_eq!(link.ok(key.hget(&7)).as_deref(), Some("sieben"));
        assert_eq!(link.ok(key.hstrlen(&7)), 6);
        assert_eq!(link.ok(key.hstrlen(&8)), 0);
        assert!(link.ok(key.hexists(&7)));
        assert!(!link.ok(key.hexists(&8)));
        assert_eq!(link.ok(key.hlen()), 1);
        assert!(!link.ok(key.is_empty()));
        assert!(link.ok(key.hdel(&7)));
        assert!(!link.ok(key.hdel(&7)));
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn many_fields_at_once() {
    Server::everywhere(0, |link| {
        let key = map::Refresh::of(1);
        assert_eq!(link.ok(key.hset_multiple([(1, "a"), (2, "b")])), 2);
        let more = BTreeMap::from([(2, "c".to_owned()), (3, "d".to_owned())]);
        assert_eq!(link.ok(key.hset_multiple(&more)), 1);
        let found = link.ok(key.hmget([3, 9, 1]));
        assert_eq!(found, [Some("d".to_owned()), None, Some("a".to_owned())]);
        let all: BTreeMap<u32, String> = link.ok(key.hgetall()).into_iter().collect();
        let texts: Vec<_> = all.iter().map(|(n, text)| (*n, text.as_str())).collect();
        assert_eq!(texts, [(1, "a"), (2, "c"), (3, "d")]);
        let mut fields = link.ok(key.hkeys());
        fields.sort_unstable();
        assert_eq!(fields, [1, 2, 3]);
        let mut values = link.ok(key.hvals());
        values.sort_unstable();
        assert_eq!(values, ["a", "c", "d"]);
        assert_eq!(link.ok(key.hdel_many([1, 3, 5])), 2);
    });
}

#[test]
fn nothing_is_asked_for_nothing() {
    Server::everywhere(0, |link| {
        let key = map::Refresh::of(1);
        // A key of another type would refuse whatever is sent.
        link.raw::<()>(&["SET", "map:refresh:1", "a"]);
        assert_eq!(link.ok(key.hset_multiple([(0, ""); 0])), 0);
        assert_eq!(link.ok(key.hdel_many([0; 0])), 0);
        assert_eq!(link.ok(key.hmget([0; 0])), []);
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        under_every_policy!(link, map, Stays, |key| key.hset(&1, "a"));
        under_every_policy!(link, map, Stays, |key| {
            key.hset_multiple([(1, "a"), (2, "b")])
        });
        under_every_policy!(link, tally, Stays, |key| key.hincr("a", 1));
        under_every_policy!(link, tally, Stays, |key| {
            key.hincr_bounded("a", 1, 0..=100)
        });
        under_every_policy!(link, gauges, Stays, |key| key.hincr_by_float("a", 0.5));
    });
}

#[test]
fn a_field_set_once() {
    Server::everywhere(0, |link| {
        macro_rules! once {
            ($($kind:ident)*) => {$(
                let key = map::$kind::of(1);
                let name = String::from_utf8(key.key().unwrap()).unwrap();
                assert!(link.ok(key.hset_nx(&1, "a")));
                map::$kind::POLICY.assert_fresh(link, &name);
                link.raw::<()>(&["PEXPIRE", &name, "7777"]);
                assert!(!link.ok(key.hset_nx(&1, "b")));
                assert!(link.pttl(&name) <= 7777);
                assert_eq!(link.ok(key.hget(&1)).as_deref(), Some("a"));
            )*};
        }
        once!(Refresh Keep Never Jitter EndOfDay EndOfDayKeep Legacy Odd);
    });
}

#[test]
fn numbers() {
    Server::everywhere(0, |link| {
        let key = tally::Refresh::of(1);
        assert_eq!(link.ok(key.hincr("a", 5)), 5);
        assert_eq!(link.ok(key.hincr("a", -5)), 0);
        link.fails(ErrorKind::OutOfRange, key.hincr("a", -1));
        assert_eq!(link.ok(key.hget("a")), Some(0));
        link.fails(ErrorKind::OutOfRange, key.hincr("b", -1));
        assert!(!link.ok(key.hexists("b")), "nothing is created");
        assert_eq!(link.ok(key.hincr_bounded("b", 3, 0..=5)), Some(3));
        assert_eq!(link.ok(key.hincr_bounded("b", 3, 0..=5)), None);
        assert_eq!(link.ok(key.hget("b")), Some(3));
        let key = gauges::Refresh::of(1);
        assert_eq!(link.ok(key.hincr_by_float("a", 0.5)), 0.5);
        assert_eq!(link.ok(key.hincr_by_float("a", -2.0)), -1.5);
        link.fails(ErrorKind::Encode, key.hincr_by_float("a", f64::INFINITY));
    });
}

#[test]
fn samples() {
    Server::everywhere(0, |link| {
        let key = map::Refresh::of(1);
        assert_eq!(link.ok(key.hrandfield()), None);
        assert_eq!(link.ok(key.hrandfield_count(3)), [0; 0]);
        assert_eq!(link.ok(key.hrandfield_withvalues(3)), []);
        link.ok(key.hset_multiple([(1, "1"), (2, "2")]));
        assert!(matches!(link.ok(key.hrandfield()), Some(1 | 2)));
        let mut fields = link.ok(key.hrandfield_count(3));
        fields.sort_unstable();
        assert_eq!(fields, [1, 2]);
        let mut entries = link.ok(key.hrandfield_withvalues(3));
        entries.sort_unstable();
        assert_eq!(entries, [(1, "1".to_owned()), (2, "2".to_owned())]);
    });
}

#[test]
fn walking_over_a_connection() {
    Server::alone(0, |link| {
        let key = map::Refresh::of(1);
        let entries: BTreeMap<u32, String> = (0..2000).map(|n| (n, n.to_string())).collect();
        link.ok(key.hset_multiple(&entries));
        let found: BTreeMap<u32, String> = key.hscan_on(link.sync()).map(Result::unwrap).collect();
        assert_eq!(found, entries);
        let found: BTreeMap<u32, String> = key
            .hscan_match_on(link.sync(), "199?")
            .map(Result::unwrap)
            .collect();
        assert_eq!(found.len(), 10);
        assert!(found.keys().all(|n| (1990..2000).contains(n)));
        link.raw::<()>(&["HSET", "map:refresh:1", "secret", "x"]);
        let error = key.hscan_on(link.sync()).find_map(Result::err).unwrap();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert!(!error.to_string().contains("secret"), "{error}");
    });
}

#[test]
fn walking_from_a_store() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for protocol in Protocol::ALL {
        runtime.block_on(async {
            let url = server.url(protocol, 0);
            let store = Store::connect::<map::Schema>(&url).await.unwrap();
            let key = Handle::with(map::Refresh { id: 1 }, &store);
            assert_eq!(key.hscan().collect().await.unwrap(), []);
            let entries: BTreeMap<u32, String> = (0..2000).map(|n| (n, n.to_string())).collect();
            key.hset_multiple(&entries).await.unwrap();
            let found = key.hscan().collect().await.unwrap();
            assert_eq!(found.into_iter().collect::<BTreeMap<_, _>>(), entries);
            let mut some = key.hscan_match("7");
            assert_eq!(some.next().await.unwrap().unwrap(), (7, "7".to_owned()));
            assert!(some.next().await.is_none());
            key.del().await.unwrap();
        });
    }
}

#[test]
fn reads_that_renew() {
    Server::everywhere(0, |link| {
        let key = map::OnRead::of(1);
        link.ok(key.hset(&1, "a"));
        let reads: [fn(&mut Link); 6] = [
            |link| assert!(link.ok(map::OnRead::of(1).hget(&1)).is_some()),
            |link| assert_eq!(link.ok(map::OnRead::of(1).hmget([1, 2])).len(), 2),
            |link| assert_eq!(link.ok(map::OnRead::of(1).hgetall()).len(), 1),
            |link| assert_eq!(link.ok(map::OnRead::of(1).hkeys()), [1]),
            |link| assert_eq!(link.ok(map::OnRead::of(1).hvals()), ["a"]),
            |link| assert_eq!(link.ok(map::OnRead::of(1).hrandfield()), Some(1)),
        ];
        for read in reads {
            link.raw::<()>(&["PEXPIRE", "map:onread:1", "7777"]);
            read(link);
            map::OnRead::POLICY.assert_fresh(link, "map:onread:1");
        }
    });
}

#[test]
fn what_is_stored_is_not_what_the_schema_says() {
    Server::everywhere(0, |link| {
        let key = tally::Refresh::of(1);
        link.raw::<()>(&["HSET", "tally:refresh:1", "a", "secret"]);
        let errors = [
            link.fails(ErrorKind::Corrupt, key.hget("a")),
            link.fails(ErrorKind::Corrupt, key.hvals()),
            link.fails(ErrorKind::Corrupt, key.hgetall()),
            link.fails(ErrorKind::Corrupt, key.hmget(["a"])),
            link.fails(ErrorKind::Corrupt, key.hincr("a", 1)),
        ];
        for error in errors {
            assert_eq!(error.template(), "tally:refresh:{id}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        link.raw::<()>(&["SET", "tally:refresh:1", "secret"]);
        for error in [
            link.fails(ErrorKind::WrongType, key.hget("a")),
            link.fails(ErrorKind::WrongType, key.hset("a", &1)),
            link.fails(ErrorKind::WrongType, key.hset_nx("a", &1)),
            link.fails(ErrorKind::WrongType, key.hincr("a", 1)),
        ] {
            assert_eq!(error.template(), "tally:refresh:{id}");
        }
    });
}
