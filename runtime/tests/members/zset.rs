use std::collections::BTreeMap;
use std::time::Duration;

use redis_schema::value::TimestampMs;
use redis_schema::zset::AddOptions;
use redis_schema::{ErrorKind, Handle, Settings, Store};

use crate::schema::{scores, zset};
use crate::server::{Protocol, Server};

/// Entries without the fuss of owned text.
fn entries(list: &[(&str, f64)]) -> Vec<(String, f64)> {
    let owned = |&(member, score): &(&str, f64)| (member.to_owned(), score);
    list.iter().map(owned).collect()
}

#[test]
fn values_are_added_and_removed() {
    Server::everywhere(0, |link| {
        let key = zset::Refresh::of(1);
        assert!(link.ok(key.is_empty()));
        assert!(link.ok(key.zadd("a", 1.0)));
        assert!(!link.ok(key.zadd("a", 1.5)));
        assert_eq!(link.ok(key.zadd_many([("a", 1.5), ("b", 2.0)])), 1);
        assert_eq!(link.ok(key.zadd_many(entries(&[("c", 3.0)]))), 1);
        assert_eq!(link.ok(key.zcard()), 3);
        assert!(!link.ok(key.is_empty()));
        assert!(link.ok(key.zrem("a")));
        assert!(!link.ok(key.zrem("a")));
        assert_eq!(link.ok(key.zrem_many(["a", "b"])), 1);
        assert_eq!(
            link.ok(key.zrange_withscores(0, -1)),
            entries(&[("c", 3.0)])
        );
    });
}

#[test]
fn nothing_is_sent_for_nothing() {
    Server::everywhere(0, |link| {
        let key = zset::Refresh::of(1);
        link.raw::<()>(&["SET", "zset:refresh:1", "another type"]);
        let none: [(&str, f64); 0] = [];
        assert_eq!(link.ok(key.zadd_many(none)), 0);
        let none: [&str; 0] = [];
        assert_eq!(link.ok(key.zrem_many(none)), 0);
        assert!(link.ok(key.zscore_multiple(none)).is_empty());
        assert_eq!(link.pttl("zset:refresh:1"), -1);
    });
}

#[test]
fn conditions_decide_what_is_added() {
    Server::everywhere(0, |link| {
        let key = zset::Refresh::of(1);
        let options = AddOptions::new();
        link.ok(key.zadd("a", 5.0));
        assert_eq!(
            link.ok(key.zadd_with(options.only_new(), [("a", 1.0), ("b", 1.0)])),
            1
        );
        assert_eq!(
            link.ok(key.zadd_with(options.only_existing(), [("a", 6.0), ("c", 1.0)])),
            0
        );
        let greater = options.only_greater().count_changed();
        assert_eq!(
            link.ok(key.zadd_with(greater, [("a", 7.0), ("b", 0.0), ("d", 1.0)])),
            2
        );
        let less = options.only_less().only_existing().count_changed();
        assert_eq!(
            link.ok(key.zadd_with(less, [("a", 8.0), ("b", 0.5), ("e", 1.0)])),
            1
        );
        assert_eq!(
            link.ok(key.zrange_withscores(0, -1)),
            entries(&[("b", 0.5), ("d", 1.0), ("a", 7.0)])
        );
        for wrong in [
            options.only_new().only_existing(),
            options.only_new().only_greater(),
            options.only_less().only_greater(),
        ] {
            link.fails(ErrorKind::Encode, key.zadd_with(wrong, [("a", 1.0)]));
        }
    });
}

#[test]
fn scores_are_counted_up_and_down() {
    Server::everywhere(0, |link| {
        let key = zset::Refresh::of(1);
        assert_eq!(link.ok(key.zincr("a", 1.5)), 1.5);
        assert_eq!(link.ok(key.zincr("a", -2.0)), -0.5);
        let options = AddOptions::new();
        let existing = options.only_existing();
        assert_eq!(link.ok(key.zincr_with(existing, "a", 1.0)), Some(0.5));
        assert_eq!(link.ok(key.zincr_with(existing, "b", 1.0)), None);
        assert_eq!(
            link.ok(key.zincr_with(options.only_greater(), "a", -9.0)),
            None
        );
        let rank = scores::Rank::of(1);
        assert_eq!(link.ok(rank.zincr(&7, 3)), 3);
        let moment = scores::Moment::of(1);
        link.ok(moment.zadd(&7, TimestampMs::new(1_700_000_000_000)));
        assert_eq!(
            link.ok(moment.zincr(&7, 250)),
            TimestampMs::new(1_700_000_000_250)
        );
    });
}

#[test]
fn scores_and_positions_are_found() {
    Server::everywhere(0, |link| {
        let key = zset::Refresh::of(1);
        assert_eq!(link.ok(key.zscore("a")), None);
        link.ok(key.zadd_many([
            ("a", f64::NEG_INFINITY),
            ("b", 0.1 + 0.2),
            ("c", 1e300),
            ("d", f64::INFINITY),
        ]));
        assert_eq!(link.ok(key.zscore("a")), Some(f64::NEG_INFINITY));
        assert_eq!(
            link.ok(key.zscore_multiple(["b", "x", "c", "d"])),
            [Some(0.1 + 0.2), None, Some(1e300), Some(f64::INFINITY)]
        );
        assert_eq!(link.ok(key.zrank("b")), Some(1));
        assert_eq!(link.ok(key.zrevrank("b")), Some(2));
        assert_eq!(link.ok(key.zrank("x")), None);
        assert_eq!(link.ok(key.zcount(..)), 4);
        assert_eq!(link.ok(key.zcount(0.0..=1e300)), 2);
        assert_eq!(link.ok(key.zcount(0.0..1e300)), 1);
    });
}

#[test]
fn a_score_that_would_be_rounded_is_refused() {
    Server::everywhere(0, |link| {
        let rank = scores::Rank::of(1);
        let exact = 1 << 53;
        link.ok(rank.zadd(&1, exact));
        assert_eq!(link.ok(rank.zscore(&1)), Some(exact));
        let error = link.fails(ErrorKind::Encode, rank.zadd(&1, exact + 1));
        assert_eq!(error.template(), "rank:{id}");
        link.fails(ErrorKind::Encode, rank.zcount(..=i64::MAX));
        link.fails(ErrorKind::Encode, rank.zincr(&1, i64::MIN));
        link.fails(ErrorKind::Encode, zset::Never::of(1).zadd("a", f64::NAN));
        link.raw::<()>(&["ZADD", "rank:1", "0.5", "2"]);
        let error = link.fails(ErrorKind::Corrupt, rank.zscore(&2));
        assert_eq!(error.template(), "rank:{id}");
        link.fails(ErrorKind::Corrupt, rank.zrange_withscores(0, -1));
        assert_eq!(link.ok(rank.zrange(0, -1)), [2, 1]);
    });
}

#[test]
fn a_foreign_value_is_told_but_not_shown() {
    Server::everywhere(0, |link| {
        let rank = scores::Rank::of(1);
        link.raw::<()>(&["ZADD", "rank:1", "1", "geheim"]);
        for error in [
            link.fails(ErrorKind::Corrupt, rank.zrange(0, -1)),
            link.fails(ErrorKind::Corrupt, rank.zrandmember_withscores(1)),
            link.fails(ErrorKind::Corrupt, rank.zpopmin()),
        ] {
            assert!(!error.to_string().contains("geheim"), "{error}");
        }
        link.raw::<()>(&["SET", "rank:1", "x"]);
        link.fails(ErrorKind::WrongType, rank.zadd(&1, 1));
    });
}

#[test]
fn random_values_are_looked_at() {
    Server::everywhere(0, |link| {
        let key = scores::Rank::of(1);
        assert_eq!(link.ok(key.zrandmember()), None);
        assert!(link.ok(key.zrandmember_count(2)).is_empty());
        assert!(link.ok(key.zrandmember_withscores(2)).is_empty());
        link.ok(key.zadd_many([(1, 10), (2, 20)]));
        assert!(link.ok(key.zrandmember()).is_some());
        assert_eq!(link.ok(key.zrandmember_count(9)).len(), 2);
        let mut all = link.ok(key.zrandmember_withscores(9));
        all.sort_unstable();
        assert_eq!(all, [(1, 10), (2, 20)]);
    });
}

#[test]
fn the_lowest_and_highest_are_taken() {
    Server::everywhere(0, |link| {
        let key = zset::Refresh::of(1);
        assert_eq!(link.ok(key.zpopmin()), None);
        assert_eq!(link.ok(key.zpopmax()), None);
        assert!(link.ok(key.zpopmin_count(3)).is_empty());
        assert!(link.ok(key.zpopmax_count(3)).is_empty());
        let letters = ["a", "b", "c", "d", "e", "f"];
        link.ok(key.zadd_many(letters.into_iter().zip(1_u8..).map(|(l, n)| (l, n.into()))));
        assert_eq!(link.ok(key.zpopmin()), Some(("a".into(), 1.0)));
        assert_eq!(link.ok(key.zpopmax()), Some(("f".into(), 6.0)));
        assert_eq!(
            link.ok(key.zpopmin_count(2)),
            entries(&[("b", 2.0), ("c", 3.0)])
        );
        assert_eq!(
            link.ok(key.zpopmax_count(9)),
            entries(&[("e", 5.0), ("d", 4.0)])
        );
        assert!(!link.ok(key.exists()));
    });
}

#[test]
fn the_lowest_and_highest_are_awaited() {
    let moment = Duration::from_micros(1);
    Server::alone(0, |link| {
        let key = zset::Refresh::of(1);
        assert_eq!(link.ok(key.bzpopmin(moment)), None);
        assert_eq!(link.ok(key.bzpopmax(moment)), None);
        link.ok(key.zadd_many([("a", 1.0), ("b", 2.0)]));
        assert_eq!(
            link.ok(key.bzpopmax(Duration::MAX)),
            Some(("b".into(), 2.0))
        );
        assert_eq!(link.ok(key.bzpopmin(moment)), Some(("a".into(), 1.0)));
    });
}

#[test]
fn waiting_holds_up_nobody_else() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let url = server.url(Protocol::Resp3, 0);
        let store = Store::connect_with::<zset::Schema>(&url, Settings::DECLARED)
            .await
            .unwrap();
        let key = Handle::with(zset::Refresh { id: 1 }, &store);
        let (found, ()) = futures_util::future::join(
            key.bzpopmin(Duration::from_secs(60)).into_future(),
            async {
                while store_clients(&store).await < 1 {
                    tokio::task::yield_now().await;
                }
                key.zadd("a", 1.0).await.unwrap();
            },
        )
        .await;
        assert_eq!(found.unwrap(), Some(("a".into(), 1.0)));
        let batch = store
            .pipeline((key.bzpopmin(Duration::from_secs(60)),))
            .await;
        assert_eq!(batch.unwrap_err().kind(), ErrorKind::Encode);
    });
}

/// How many clients wait for a value.
async fn store_clients(store: &Store) -> u32 {
    let mut connection = store
        .client()
        .get_multiplexed_async_connection()
        .await
        .unwrap();
    let info: String = redis_schema::redis::cmd("INFO")
        .arg("clients")
        .query_async(&mut connection)
        .await
        .unwrap();
    let line = info
        .lines()
        .find(|line| line.starts_with("blocked_clients:"));
    line.unwrap()[16..].trim().parse().unwrap()
}

#[test]
fn old_and_low_values_are_trimmed() {
    Server::everywhere(0, |link| {
        let key = scores::Rank::of(1);
        link.ok(key.zadd_many((1..=9).map(|number: i64| (number.unsigned_abs(), number))));
        assert_eq!(link.ok(key.trim_to_top(7)), 2);
        assert_eq!(link.ok(key.trim_to_bottom(6)), 1);
        assert_eq!(link.ok(key.zrange(0, -1)), [3, 4, 5, 6, 7, 8]);
        assert_eq!(link.ok(key.zremrangebyrank(-1, -1)), 1);
        assert_eq!(link.ok(key.zremrangebyscore(6..)), 2);
        assert_eq!(link.ok(key.expire_members_before(4)), 1);
        assert_eq!(link.ok(key.zrange(0, -1)), [4, 5]);
        assert_eq!(link.ok(key.trim_to_top(0)), 2);
        link.ok(key.zadd(&1, 1));
        assert_eq!(link.ok(key.trim_to_bottom(0)), 1);
    });
}

#[test]
fn every_write_sets_the_lifetime() {
    Server::everywhere(0, |link| {
        let options = AddOptions::new();
        under_every_policy!(link, zset, Stays, |key| key.zadd("a", 1.0));
        under_every_policy!(link, zset, Stays, |key| key.zadd_many([("a", 1.0)]));
        under_every_policy!(link, zset, Stays, |key| {
            key.zadd_with(options.only_greater(), [("a", 1.0)])
        });
        under_every_policy!(link, zset, Stays, |key| key.zincr("a", 1.0));
        under_every_policy!(link, zset, Stays, |key| {
            key.zincr_with(options.only_greater(), "a", 1.0)
        });
    });
}

#[test]
fn a_removal_leaves_the_lifetime() {
    Server::everywhere(0, |link| {
        let key = zset::Refresh::of(1);
        let letters = "abcdefghijklmnop".chars().map(String::from);
        link.ok(key.zadd_many(letters.zip(1_u8..).map(|(l, n)| (l, n.into()))));
        link.raw::<()>(&["PERSIST", "zset:refresh:1"]);
        link.ok(key.zrem("a"));
        link.ok(key.zrem_many(["b"]));
        link.ok(key.zpopmin());
        link.ok(key.zpopmax_count(1));
        link.ok(key.zremrangebyscore(..=4.0));
        link.ok(key.zremrangebyrank(0, 0));
        link.ok(key.trim_to_top(5));
        link.ok(key.trim_to_bottom(4));
        assert_eq!(link.ok(key.zcard()), 4);
        assert_eq!(link.pttl("zset:refresh:1"), -1);
    });
}

#[test]
fn a_read_renews_the_lifetime_where_declared() {
    Server::everywhere(0, |link| {
        let key = zset::OnRead::of(1);
        let other = zset::OnRead::of(2);
        macro_rules! renews {
            ($($read:expr),* $(,)?) => {$(
                link.ok(key.zadd_many([("a", 0.0), ("b", 0.0)]));
                link.raw::<()>(&["PEXPIRE", "zset:onread:1", "5000"]);
                let _ = link.ok($read);
                assert!(link.pttl("zset:onread:1") > 50_000, stringify!($read));
            )*};
        }
        renews![
            key.zscore("a"),
            key.zscore_multiple(["a"]),
            key.zrank("a"),
            key.zrevrank("a"),
            key.zcard(),
            key.is_empty(),
            key.zcount(..),
            key.zlexcount(..),
            key.zrandmember(),
            key.zrandmember_count(1),
            key.zrandmember_withscores(1),
            key.zrange(0, 1),
            key.zrevrange_withscores(0, 1),
            key.zrangebyscore(..),
            key.zrevrangebyscore_limit(.., 0, 1),
            key.zrangebylex(..),
            key.zrange_by(&redis_schema::zset::Query::by_score(..)),
            other.zinter(key),
            other.zunion_withscores(key, &redis_schema::zset::Combine::new()),
            other.zintercard(key, 0),
        ];
    });
}

#[test]
fn a_large_sorted_set_is_walked() {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for protocol in Protocol::ALL {
        let key = scores::Rank::of(1);
        let mut connection = server.connect(protocol, 0);
        key.del().query(&mut connection).unwrap();
        let all: BTreeMap<u64, i64> = (0..2000).map(|n: u64| (n, 7 - n.cast_signed())).collect();
        key.zadd_many(all.clone()).query(&mut connection).unwrap();
        let walked: Result<BTreeMap<_, _>, _> = key.zscan_on(&mut connection).collect();
        assert_eq!(walked.unwrap(), all);
        let some = key.zscan_match_on(&mut connection, "19[0-4]?");
        assert_eq!(
            some.map(Result::unwrap).collect::<BTreeMap<_, _>>().len(),
            50
        );
        runtime.block_on(async {
            let url = server.url(protocol, 0);
            let store = Store::connect_with::<scores::Schema>(&url, Settings::DECLARED)
                .await
                .unwrap();
            let key = Handle::with(scores::Rank { id: 1 }, &store);
            let walked = key.zscan().collect().await.unwrap();
            assert_eq!(walked.into_iter().collect::<BTreeMap<_, _>>(), all);
            assert!(key.zscan_match("x*").collect().await.unwrap().is_empty());
        });
    }
}
