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
    probe.check("zadd", |c| key.zadd("a", 1.0).query(c));
    probe.check("zadd_many", |c| {
        key.zadd_many([("a", 1.0), ("b", 2.0)]).query(c)
    });
    probe.check("zadd_with", |c| {
        key.zadd_with(options, [("a", 1.0)]).query(c)
    });
    probe.check("zadd_with", |c| {
        key.zadd_with(existing.only_greater().count_changed(), [("a", 1.0)])
            .query(c)
    });
    probe.check("zincr", |c| key.zincr("a", 1.5).query(c));
    probe.check("zincr_with", |c| key.zincr_with(greater, "a", 1.5).query(c));
}

fn reads<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    let ranked = Query::by_rank(0, 5).rev();
    let scored = Query::by_score(1.0..).limit(0, 5);
    let valued = Query::by_value((Bound::Included("a"), Bound::Unbounded));
    probe.check("zscore", |c| key.zscore("a").query(c));
    probe.check("zscore_multiple", |c| {
        key.zscore_multiple(["a", "b"]).query(c)
    });
    probe.check("zrank", |c| key.zrank("a").query(c));
    probe.check("zrevrank", |c| key.zrevrank("a").query(c));
    probe.check("zcard", |c| key.zcard().query(c));
    probe.check("is_empty", |c| key.is_empty().query(c));
    probe.check("zcount", |c| key.zcount(1.0..).query(c));
    probe.check("zrange", |c| key.zrange(0, 1).query(c));
    probe.check("zrange_withscores", |c| {
        key.zrange_withscores(0, 1).query(c)
    });
    probe.check("zrevrange", |c| key.zrevrange(0, 1).query(c));
    probe.check("zrevrange_withscores", |c| {
        key.zrevrange_withscores(0, 1).query(c)
    });
    probe.check("zrangebyscore", |c| key.zrangebyscore(1.0..).query(c));
    probe.check("zrangebyscore_withscores", |c| {
        key.zrangebyscore_withscores(1.0..).query(c)
    });
    probe.check("zrangebyscore_limit", |c| {
        key.zrangebyscore_limit(1.0.., 0, 1).query(c)
    });
    probe.check("zrangebyscore_limit_withscores", |c| {
        key.zrangebyscore_limit_withscores(1.0.., 0, 1).query(c)
    });
    probe.check("zrevrangebyscore", |c| key.zrevrangebyscore(1.0..).query(c));
    probe.check("zrevrangebyscore_withscores", |c| {
        key.zrevrangebyscore_withscores(1.0..).query(c)
    });
    probe.check("zrevrangebyscore_limit", |c| {
        key.zrevrangebyscore_limit(1.0.., 0, 1).query(c)
    });
    probe.check("zrevrangebyscore_limit_withscores", |c| {
        key.zrevrangebyscore_limit_withscores(1.0.., 0, 1).query(c)
    });
    probe.check("zlexcount", |c| key.zlexcount(..).query(c));
    probe.check("zrangebylex", |c| key.zrangebylex(..).query(c));
    probe.check("zrange_by", |c| key.zrange_by(&ranked).query(c));
    probe.check("zrange_by", |c| key.zrange_by(&valued).query(c));
    probe.check("zrange_by_withscores", |c| {
        key.zrange_by_withscores(&scored).query(c)
    });
    probe.check("zrandmember", |c| key.zrandmember().query(c));
    probe.check("zrandmember_count", |c| key.zrandmember_count(2).query(c));
    probe.check("zrandmember_withscores", |c| {
        key.zrandmember_withscores(2).query(c)
    });
    probe.check("zscan_on", |c| all(key.zscan_on(c)));
    probe.check("zscan_match_on", |c| all(key.zscan_match_on(c, "a*")));
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
    probe.check("zinter", |c| key.zinter(other).query(c));
    probe.check("zinter_withscores", |c| {
        key.zinter_withscores(other, &most).query(c)
    });
    probe.check("zunion", |c| key.zunion(other).query(c));
    probe.check("zunion_withscores", |c| {
        key.zunion_withscores(other, &sum).query(c)
    });
    probe.check("zdiff", |c| key.zdiff(other).query(c));
    probe.check("zdiff_withscores", |c| key.zdiff_withscores(other).query(c));
    probe.check("zintercard", |c| key.zintercard(other, 3).query(c));
    probe.check("zinterstore", |c| {
        key.zinterstore([other, other], &most).query(c)
    });
    probe.check("zunionstore", |c| key.zunionstore(other, &sum).query(c));
    probe.check("zdiffstore", |c| key.zdiffstore(other).query(c));
    let places = Handle::new(Probed::<Geo<Text<String>>, P>::new(2));
    let here = Center::At(Coordinates::new(13.4, 52.5));
    let near = Search::new(here, Area::circle(2.0, Unit::Kilometers));
    probe.prepare(&["DEL probed:2", "GEOADD probed:2 13.4 52.5 a"]);
    probe.check("geo_search_store_distances", |c| {
        key.geo_search_store_distances(&places, &near).query(c)
    });
    let query = Query::by_rank(0, 5);
    probe.check("zrangestore", |c| key.zrangestore(&other, &query).query(c));
}

fn removals<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    probe.check("zrem", |c| key.zrem("a").query(c));
    probe.check("zrem_many", |c| key.zrem_many(["a", "b"]).query(c));
    probe.check("zremrangebyscore", |c| key.zremrangebyscore(..0.5).query(c));
    probe.check("zremrangebyrank", |c| key.zremrangebyrank(5, 9).query(c));
    probe.check("zremrangebylex", |c| key.zremrangebylex(..).query(c));
    probe.check("trim_to_top", |c| key.trim_to_top(9).query(c));
    probe.check("trim_to_bottom", |c| key.trim_to_bottom(9).query(c));
    probe.check("expire_members_before", |c| {
        key.expire_members_before(0.1).query(c)
    });
    probe.check("zpopmin", |c| key.zpopmin().query(c));
    probe.check("zpopmax", |c| key.zpopmax().query(c));
    probe.check("zpopmin_count", |c| key.zpopmin_count(2).query(c));
    probe.check("zpopmax_count", |c| key.zpopmax_count(2).query(c));
    probe.prepare(&["ZADD probed:1 1 a 2 b"]);
    probe.check("bzpopmin", |c| {
        key.bzpopmin(Duration::from_secs(1)).query(c)
    });
    probe.check("bzpopmax", |c| {
        key.bzpopmax(Duration::from_secs(1)).query(c)
    });
}

fn all<T>(items: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    items.collect()
}
