use redis_schema::codec::Text;
use redis_schema::structure::Set;
use redis_schema::{Handle, Result};

use crate::probe::{Probe, Probed, every_policy};

type Structure = Set<Text<String>>;

#[test]
fn sets_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("set", P);
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    probe.check("sadd", |c| key.sadd("a").query(c));
    probe.check("sadd_many", |c| key.sadd_many(["a", "b", "c"]).query(c));
    probe.check("srem", |c| key.srem("c").query(c));
    probe.check("srem_many", |c| key.srem_many(["x", "y"]).query(c));
    probe.check("smembers", |c| key.smembers().query(c));
    probe.check("smembers_as", |c| key.smembers_as::<Vec<_>>().query(c));
    probe.check("sismember", |c| key.sismember("a").query(c));
    probe.check("smismember", |c| key.smismember(["a", "b"]).query(c));
    probe.check("scard", |c| key.scard().query(c));
    probe.check("is_empty", |c| key.is_empty().query(c));
    probe.check("srandmember", |c| key.srandmember().query(c));
    probe.check("srandmember_count", |c| key.srandmember_count(2).query(c));
    probe.check("srandmember_repeating", |c| {
        key.srandmember_repeating(2).query(c)
    });
    probe.check("sscan_on", |c| all(key.sscan_on(c)));
    probe.check("sscan_match_on", |c| all(key.sscan_match_on(c, "a*")));
    probe.check_async("sscan", async |store| {
        Handle::with(Probed::<Structure, P>::new(1), store)
            .sscan()
            .collect()
            .await
    });
    probe.check_async("sscan_match", async |store| {
        let key = Handle::with(Probed::<Structure, P>::new(1), store);
        key.sscan_match("a*").collect().await
    });
    probe.check("smove", |c| key.smove(&other, "a").query(c));
    probe.check("sinter", |c| key.sinter(other).query(c));
    probe.check("sunion", |c| key.sunion(other).query(c));
    probe.check("sdiff", |c| key.sdiff(other).query(c));
    probe.check("sintercard", |c| key.sintercard(other, 3).query(c));
    probe.check("sintercard", |c| key.sintercard(other, 0).query(c));
    probe.check("sinterstore", |c| key.sinterstore([other, other]).query(c));
    probe.check("sunionstore", |c| key.sunionstore(other).query(c));
    probe.check("sdiffstore", |c| key.sdiffstore(other).query(c));
    probe.check("spop", |c| key.spop().query(c));
    probe.check("spop_count", |c| key.spop_count(2).query(c));
    probe.finish();
}

fn all<T>(items: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    items.collect()
}
