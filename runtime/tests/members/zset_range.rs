use std::ops::Bound;

use redis_schema::ErrorKind;
use redis_schema::zset::Query;

use crate::schema::{scores, zset};
use crate::server::{Link, Server};

/// `a` to `e` with scores 1 to 5.
fn five(link: &mut Link, key: redis_schema::Handle<zset::Never>) {
    link.ok(key.zadd_many([("a", 1.0), ("b", 2.0), ("c", 3.0), ("d", 4.0), ("e", 5.0)]));
}

/// `a2 b3`.
fn scored(entries: Vec<(String, f64)>) -> String {
    let texts: Vec<String> = entries.iter().map(|(m, s)| format!("{m}{s}")).collect();
    texts.join(" ")
}

#[test]
fn values_are_found_by_position() {
    Server::everywhere(0, |link| {
        let key = zset::Never::of(1);
        assert!(link.ok(key.zrange(0, -1)).is_empty());
        assert!(link.ok(key.zrange_withscores(0, -1)).is_empty());
        five(link, key);
        assert_eq!(link.ok(key.zrange(1, 2)).concat(), "bc");
        assert_eq!(link.ok(key.zrange(-2, -1)).concat(), "de");
        assert_eq!(scored(link.ok(key.zrange_withscores(0, 1))), "a1 b2");
        assert_eq!(link.ok(key.zrevrange(0, 1)).concat(), "ed");
        assert_eq!(scored(link.ok(key.zrevrange_withscores(0, 1))), "e5 d4");
    });
}

#[test]
fn values_are_found_by_score() {
    Server::everywhere(0, |link| {
        let key = zset::Never::of(1);
        five(link, key);
        let open = (Bound::Excluded(2.0), Bound::Excluded(5.0));
        assert_eq!(link.ok(key.zrangebyscore(..)).concat(), "abcde");
        assert_eq!(link.ok(key.zrangebyscore(2.0..4.0)).concat(), "bc");
        assert_eq!(link.ok(key.zrangebyscore(2.0..=4.0)).concat(), "bcd");
        assert_eq!(link.ok(key.zrangebyscore(4.0..)).concat(), "de");
        assert_eq!(link.ok(key.zrangebyscore(..2.0)).concat(), "a");
        assert_eq!(link.ok(key.zrangebyscore(open)).concat(), "cd");
        assert_eq!(link.ok(key.zrangebyscore_limit(2.0.., 1, 2)).concat(), "cd");
        assert_eq!(link.ok(key.zrevrangebyscore(..=3.0)).concat(), "cba");
        assert_eq!(link.ok(key.zrevrangebyscore_limit(.., 1, 2)).concat(), "dc");
        assert_eq!(scored(link.ok(key.zrangebyscore_withscores(open))), "c3 d4");
        assert_eq!(
            scored(link.ok(key.zrangebyscore_limit_withscores(.., 0, 1))),
            "a1"
        );
        assert_eq!(
            scored(link.ok(key.zrevrangebyscore_withscores(4.0..))),
            "e5 d4"
        );
        assert_eq!(
            scored(link.ok(key.zrevrangebyscore_limit_withscores(.., 4, 9))),
            "a1"
        );
    });
}

#[test]
fn values_are_found_by_their_bytes() {
    Server::everywhere(0, |link| {
        let key = zset::Never::of(1);
        link.ok(key.zadd_many(["a", "b", "ba", "c"].map(|member| (member, 0.0))));
        let half_open = (Bound::Included("b"), Bound::Excluded("c"));
        assert_eq!(link.ok(key.zrangebylex(..)), ["a", "b", "ba", "c"]);
        assert_eq!(link.ok(key.zrangebylex(half_open)), ["b", "ba"]);
        assert_eq!(link.ok(key.zlexcount(half_open)), 2);
        assert_eq!(link.ok(key.zremrangebylex(half_open)), 2);
        assert_eq!(link.ok(key.zrange(0, -1)), ["a", "c"]);
        let rank = scores::Rank::of(1);
        link.ok(rank.zadd_many([(10, 0), (2, 0), (3, 0)]));
        assert_eq!(
            link.ok(rank.zrangebylex((Bound::Unbounded, Bound::Excluded(3)))),
            [10, 2]
        );
    });
}

#[test]
fn values_are_found_by_a_query() {
    Server::everywhere(0, |link| {
        let key = zset::Never::of(1);
        five(link, key);
        let mut found = |query: Query<_, _>| link.ok(key.zrange_by(&query)).concat();
        assert_eq!(found(Query::by_rank(1, 2)), "bc");
        assert_eq!(found(Query::by_rank(0, 1).rev()), "ed");
        assert_eq!(found(Query::by_score(2.0..4.0)), "bc");
        assert_eq!(found(Query::by_score(2.0..=4.0).rev()), "dcb");
        assert_eq!(found(Query::by_score(..).rev().limit(1, 2)), "dc");
        let after_b = (Bound::Excluded("b"), Bound::Unbounded);
        assert_eq!(found(Query::by_value(after_b)), "cde");
        assert_eq!(found(Query::by_value(..).rev().limit(0, 1)), "e");
        let best = Query::by_score(..).rev().limit(0, 2);
        assert_eq!(scored(link.ok(key.zrange_by_withscores(&best))), "e5 d4");
    });
}

#[test]
fn a_query_that_makes_no_sense_is_refused() {
    Server::everywhere(0, |link| {
        let key = zset::Never::of(1);
        let limited = Query::by_rank(0, 1).limit(0, 1);
        link.fails(ErrorKind::Encode, key.zrange_by(&limited));
        link.fails(
            ErrorKind::Encode,
            key.zrange_by_withscores(&Query::by_value(..)),
        );
        link.fails(
            ErrorKind::Encode,
            key.zrange_by(&Query::by_score(f64::NAN..)),
        );
    });
}

#[test]
fn what_a_query_finds_is_stored() {
    Server::everywhere(0, |link| {
        let from = zset::Never::of(21);
        five(link, from);
        let to = zset::Refresh::of(1);
        link.ok(to.zadd("old", 1.0));
        let best = Query::by_score(..).rev().limit(0, 2);
        assert_eq!(link.ok(to.zrangestore(&from, &best)), 2);
        assert_eq!(scored(link.ok(to.zrange_withscores(0, -1))), "d4 e5");
        assert_eq!(link.ok(to.zrangestore(&from, &Query::by_score(9.0..))), 0);
        assert!(!link.ok(to.exists()));
        assert_eq!(link.ok(to.zrangestore(&from, &Query::by_rank(0, 0))), 1);
        under_every_policy!(link, zset, Dropped, |key| key.zrangestore(&from, &best));
    });
}
