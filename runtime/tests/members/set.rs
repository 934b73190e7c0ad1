use std::collections::{BTreeSet, HashSet};

use redis_schema::{ErrorKind, Settings, Store};

use crate::schema::{numbers, set};
use crate::server::{Protocol, Server};

fn sorted(mut values: Vec<String>) -> Vec<String> {
    values.sort();
    values
}

#[test]
fn values_come_and_go() {
    Server::everywhere(0, |link| {
        let key = set::Refresh::of(1);
        assert!(link.ok(key.is_empty()));
        assert!(link.ok(key.sadd("a")));
        assert!(!link.ok(key.sadd("a")));
        assert_eq!(link.ok(key.sadd_many(["a", "b", "c"])), 2);
        assert_eq!(link.ok(key.sadd_many(vec![String::from("c")])), 0);
        assert_eq!(link.ok(key.scard()), 3);
        assert!(!link.ok(key.is_empty()));
        assert!(link.ok(key.srem("a")));
        assert!(!link.ok(key.srem("a")));
        assert_eq!(link.ok(key.srem_many(["a", "b"])), 1);
        assert_eq!(link.ok(key.smembers()), ["c"]);
    });
}

#[test]
fn nothing_is_sent_for_nothing() {
    Server::everywhere(0, |link| {
        let key = set::Refresh::of(1);
        link.raw::<()>(&["SET", "set:refresh:1", "another type"]);
        let none: [&str; 0] = [];
        assert_eq!(link.ok(key.sadd_many(none)), 0);
        assert_eq!(link.ok(key.srem_many(none)), 0);
        assert!(link.ok(key.smismember(none)).is_empty());
        assert_eq!(link.raw::<String>(&["TYPE", "set:refresh:1"]), "string");
    });
}

#[test]
fn values_are_read_in_any_collection() {
    Server::everywhere(0, |link| {
        let key = set::Refresh::of(1);
        assert_eq!(link.ok(key.smembers()), Vec::<String>::new());
        link.ok(key.sadd_many(["b", "a", "ä"]));
        assert_eq!(sorted(link.ok(key.smembers())), ["a", "b", "ä"]);
        let tree: BTreeSet<String> = link.ok(key.smembers_as());
        assert_eq!(tree.into_iter().collect::<Vec<_>>(), ["a", "b", "ä"]);
        assert_eq!(link.ok(key.smembers_as::<HashSet<_>>()).len(), 3);
    });
}

#[test]
fn membership_is_asked_for_one_or_many() {
    Server::everywhere(0, |link| {
        let key = numbers::Numbers::of(1);
        link.ok(key.sadd_many([1, 2, 3]));
        assert!(link.ok(key.sismember(&2)));
        assert!(!link.ok(key.sismember(&4)));
        assert_eq!(link.ok(key.smismember([3, 4, 1])), [true, false, true]);
        assert_eq!(link.ok(numbers::Numbers::of(2).smismember([3])), [false]);
    });
}

#[test]
fn random_values_are_looked_at_or_taken() {
    Server::everywhere(0, |link| {
        let key = numbers::Numbers::of(1);
        assert_eq!(link.ok(key.srandmember()), None);
        assert!(link.ok(key.srandmember_count(2)).is_empty());
        assert!(link.ok(key.srandmember_repeating(2)).is_empty());
        assert_eq!(link.ok(key.spop()), None);
        assert!(link.ok(key.spop_count(2)).is_empty());

        link.ok(key.sadd_many([1, 2, 3]));
        assert!((1..=3).contains(&link.ok(key.srandmember()).unwrap()));
        let mut all = link.ok(key.srandmember_count(9));
        all.sort_unstable();
        assert_eq!(all, [1, 2, 3]);
        assert_eq!(link.ok(key.srandmember_repeating(9)).len(), 9);
        assert_eq!(link.ok(key.scard()), 3);

        let first = link.ok(key.spop()).unwrap();
        let mut rest = link.ok(key.spop_count(9));
        rest.push(first);
        rest.sort_unstable();
        assert_eq!(rest, [1, 2, 3]);
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn a_value_moves_to_another_kind_of_key() {
    Server::everywhere(0, |link| {
        let from = set::Never::of(1);
        let to = set::Refresh::of(1);
        link.ok(from.sadd_many(["a", "b"]));
        assert!(link.ok(from.smove(&to, "a")));
        assert!(!link.ok(from.smove(&to, "a")));
        assert_eq!(link.ok(from.smembers()), ["b"]);
        assert_eq!(link.ok(to.smembers()), ["a"]);
        assert_eq!(link.pttl("set:never:1"), -1);
        assert!(link.pttl("set:refresh:1") > 0);
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        under_every_policy!(link, set, Stays, |key| key.sadd("a"));
        under_every_policy!(link, set, Stays, |key| key.sadd_many(["a", "b"]));
        let from = set::Never::of(9);
        let values: Vec<String> = (0..99).map(|number| number.to_string()).collect();
        link.ok(from.sadd_many(values.clone()));
        let mut values = values.iter();
        under_every_policy!(link, set, Stays, |key| {
            from.smove(&key, values.next().unwrap())
        });
    });
}

#[test]
fn a_removal_leaves_the_lifetime() {
    Server::everywhere(0, |link| {
        let key = set::Refresh::of(1);
        link.ok(key.sadd_many(["a", "b", "c", "d", "e"]));
        link.raw::<()>(&["PERSIST", "set:refresh:1"]);
        link.ok(key.srem("a"));
        link.ok(key.srem_many(["b"]));
        link.ok(key.spop());
        link.ok(key.spop_count(1));
        assert_eq!(link.pttl("set:refresh:1"), -1);
    });
}

#[test]
fn a_read_renews_the_lifetime_where_declared() {
    Server::everywhere(0, |link| {
        let key = set::OnRead::of(1);
        let other = set::OnRead::of(2);
        macro_rules! renews {
            ($($read:expr),* $(,)?) => {$(
                link.ok(key.sadd_many(["a", "b"]));
                link.raw::<()>(&["PEXPIRE", "set:onread:1", "5000"]);
                let _ = link.ok($read);
                assert!(link.pttl("set:onread:1") > 50_000, stringify!($read));
            )*};
        }
        renews![
            key.smembers(),
            key.sismember("a"),
            key.smismember(["a"]),
            key.scard(),
            key.is_empty(),
            key.srandmember(),
            key.srandmember_count(1),
            key.srandmember_repeating(1),
            key.sinter(other),
            other.sinter(key),
            other.sintercard([&key], 0),
        ];
    });
}

#[test]
fn a_foreign_value_is_told_but_not_shown() {
    Server::everywhere(0, |link| {
        let key = numbers::Numbers::of(1);
        link.raw::<()>(&["SADD", "numbers:1", "7", "geheim"]);
        for error in [
            link.fails(ErrorKind::Corrupt, key.smembers()),
            link.fails(ErrorKind::Corrupt, key.srandmember_count(9)),
            link.fails(ErrorKind::Corrupt, key.sunion([key])),
        ] {
            assert_eq!(error.template(), "numbers:{id}");
            assert!(!error.to_string().contains("geheim"), "{error}");
        }
        link.raw::<()>(&["SET", "numbers:1", "x"]);
        link.fails(ErrorKind::WrongType, key.smembers());
        link.fails(ErrorKind::WrongType, key.sadd(&1));
    });
}

#[test]
fn a_large_set_is_walked() {
    let server = Server::start();
    for protocol in Protocol::ALL {
        let key = numbers::Numbers::of(1);
        let mut connection = server.connect(protocol, 0);
        key.del().query(&mut connection).unwrap();
        let all: BTreeSet<u64> = (0..2000).collect();
        key.sadd_many(&all).query(&mut connection).unwrap();
        let walked: Result<BTreeSet<u64>, _> = key.sscan_on(&mut connection).collect();
        assert_eq!(walked.unwrap(), all);
        let some: Result<BTreeSet<u64>, _> =
            key.sscan_match_on(&mut connection, "19[0-4]?").collect();
        assert_eq!(some.unwrap(), (1900..1950).collect());
        let mut other = server.connect(protocol, 1);
        let refused = key.sscan_on(&mut other).next().unwrap().unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::WrongDatabase);
    }
}

#[test]
fn a_large_set_is_walked_from_a_store() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for protocol in Protocol::ALL {
        runtime.block_on(async {
            let url = server.url(protocol, 0);
            let store = Store::connect_with::<numbers::Schema>(&url, Settings::DECLARED)
                .await
                .unwrap();
            let key = redis_schema::Handle::with(numbers::Numbers { id: 1 }, &store);
            let all: BTreeSet<u64> = (0..2000).collect();
            key.sadd_many(&all).await.unwrap();
            let walked = key.sscan().collect().await.unwrap();
            assert_eq!(walked.into_iter().collect::<BTreeSet<_>>(), all);
            let some = key.sscan_match("19[0-4]?").collect().await.unwrap();
            assert_eq!(some.len(), 50);
        });
    }
}
