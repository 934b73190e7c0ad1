use std::ops::Bound;
use std::time::Duration;

use redis_schema::codec::Text;
use redis_schema::geo::{Area, Center, Coordinates, Search, Unit};
use redis_schema::structure::{Geo, ZSet};
use redis_schema::zset::{AddOptions, Aggregate, Combine, Query};
use redis_schema::{Handle, Result};

use crate::probe::{Probe, Probed, every_policy};

type Structure = ZSet<Text<String>, f64>;

#[test]
fn sorted_sets_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("zset", P);
    writes::<P>(&mut probe);
    reads::<P>(&mut probe);
    algebra::<P>(&mut probe);
    removals::<P>(&mut probe);
    probe.finish();
}

fn writes<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    let options = AddOptions::new();
    let (existing, greater) = (options.only_existing(), options.only_greater());
    probe.check("zadd", key.zadd("a", 1.0));
    probe.check("zadd_many", key.zadd_many([("a", 1.0), ("b", 2.0)]));
    probe.check("zadd_with", key.zadd_with(options, [("a", 1.0)]));
    probe.check(
        "zadd_with",
        key.zadd_with(existing.only_greater().count_changed(), [("a", 1.0)]),
    );
    probe.check("zincr", key.zincr("a", 1.5));
    probe.check("zincr_with", key.zincr_with(greater, "a", 1.5));
}

fn reads<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    let ranked = Query::by_rank(0, 5).rev();
    let scored = Query::by_score(1.0..).limit(0, 5);
    let valued = Query::by_value((Bound::Included("a"), Bound::Unbounded));
    probe.check("zscore", key.zscore("a"));
    probe.check("zscore_multiple", key.zscore_multiple(["a", "b"]));
    probe.check("zrank", key.zrank("a"));
    probe.check("zrevrank", key.zrevrank("a"));
    probe.check("zcard", key.zcard());
    probe.check("is_empty", key.is_empty());
    probe.check("zcount", key.zcount(1.0..));
    probe.check("zrange", key.zrange(0, 1));
    probe.check("zrange_withscores", key.zrange_withscores(0, 1));
    probe.check("zrevrange", key.zrevrange(0, 1));
    probe.check("zrevrange_withscores", key.zrevrange_withscores(0, 1));
    probe.check("zrangebyscore", key.zrangebyscore(1.0..));
    probe.check(
        "zrangebyscore_withscores",
        key.zrangebyscore_withscores(1.0..),
    );
    probe.check("zrangebyscore_limit", key.zrangebyscore_limit(1.0.., 0, 1));
    probe.check(
        "zrangebyscore_limit_withscores",
        key.zrangebyscore_limit_withscores(1.0.., 0, 1),
    );
    probe.check("zrevrangebyscore", key.zrevrangebyscore(1.0..));
    probe.check(
        "zrevrangebyscore_withscores",
        key.zrevrangebyscore_withscores(1.0..),
    );
    probe.check(
        "zrevrangebyscore_limit",
        key.zrevrangebyscore_limit(1.0.., 0, 1),
    );
    probe.check(
        "zrevrangebyscore_limit_withscores",
        key.zrevrangebyscore_limit_withscores(1.0.., 0, 1),
    );
    probe.check("zlexcount", key.zlexcount(..));
    probe.check("zrangebylex", key.zrangebylex(..));
    probe.check("zrange_by", key.zrange_by(&ranked));
    probe.check("zrange_by", key.zrange_by(&valued));
    probe.check("zrange_by_withscores", key.zrange_by_withscores(&scored));
    probe.check("zrandmember", key.zrandmember());
    probe.check("zrandmember_count", key.zrandmember_count(2));
    probe.check("zrandmember_withscores", key.zrandmember_withscores(2));
    probe.check_steps("zscan_on", |c| all(key.zscan_on(c)));
    probe.check_steps("zscan_match_on", |c| all(key.zscan_match_on(c, "a*")));
    probe.check_async("zscan", async |store| {
        Handle::with(Probed::<Structure, P>::new(1), store)
            .zscan()
            .collect()
            .await
    });
    probe.check_async("zscan_match", async |store| {
        let key = Handle::with(Probed::<Structure, P>::new(1), store);
        key.zscan_match("a*").collect().await
    });
}

fn algebra<const P: usize>(probe: &mut Probe) {
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    let sum = Combine::new();
    let most = Combine::new().weights([1.0, 2.0]).aggregate(Aggregate::Max);
    probe.check("zinter", key.zinter(other));
    probe.check("zinter_withscores", key.zinter_withscores(other, &most));
    probe.check("zunion", key.zunion(other));
    probe.check("zunion_withscores", key.zunion_withscores(other, &sum));
    probe.check("zdiff", key.zdiff(other));
    probe.check("zdiff_withscores", key.zdiff_withscores(other));
    probe.check("zintercard", key.zintercard(other, 3));
    probe.check("zinterstore", key.zinterstore([other, other], &most));
    probe.check("zunionstore", key.zunionstore(other, &sum));
    probe.check("zdiffstore", key.zdiffstore(other));
    let places = Handle::new(Probed::<Geo<Text<String>>, P>::new(2));
    let here = Center::At(Coordinates::new(13.4, 52.5));
    let near = Search::new(here, Area::circle(2.0, Unit::Kilometers));
    probe.prepare(&["DEL probed:2", "GEOADD probed:2 13.4 52.5 a"]);
    probe.check(
        "geo_search_store_distances",
        key.geo_search_store_distances(&places, &near),
    );
    let query = Query::by_rank(0, 5);
    probe.check("zrangestore", key.zrangestore(&other, &query));
    probe.check_class("zinterstore", key.zinterstore(key, &sum));
    probe.check_class("zunionstore", key.zunionstore(key, &sum));
    probe.check_class("zdiffstore", key.zdiffstore(key));
    probe.check_class("zrangestore", key.zrangestore(&key, &query));
}

fn removals<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    probe.check("zrem", key.zrem("a"));
    probe.check("zrem_many", key.zrem_many(["a", "b"]));
    probe.check("zremrangebyscore", key.zremrangebyscore(..0.5));
    probe.check("zremrangebyrank", key.zremrangebyrank(5, 9));
    probe.check("zremrangebylex", key.zremrangebylex(..));
    probe.check("trim_to_top", key.trim_to_top(9));
    probe.check("trim_to_bottom", key.trim_to_bottom(9));
    probe.check("expire_members_before", key.expire_members_before(0.1));
    probe.check("zpopmin", key.zpopmin());
    probe.check("zpopmax", key.zpopmax());
    probe.check("zpopmin_count", key.zpopmin_count(2));
    probe.check("zpopmax_count", key.zpopmax_count(2));
    probe.prepare(&["ZADD probed:1 1 a 2 b"]);
    probe.check("bzpopmin", key.bzpopmin(Duration::from_secs(1)));
    probe.check("bzpopmax", key.bzpopmax(Duration::from_secs(1)));
}

fn all<T>(items: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    items.collect()
}
