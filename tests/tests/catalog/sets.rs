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
    probe.check("sadd", key.sadd("a"));
    probe.check("sadd_many", key.sadd_many(["a", "b", "c"]));
    probe.check("srem", key.srem("c"));
    probe.check("srem_many", key.srem_many(["x", "y"]));
    probe.check("smembers", key.smembers());
    probe.check("smembers_as", key.smembers_as::<Vec<_>>());
    probe.check("sismember", key.sismember("a"));
    probe.check("smismember", key.smismember(["a", "b"]));
    probe.check("scard", key.scard());
    probe.check("is_empty", key.is_empty());
    probe.check("srandmember", key.srandmember());
    probe.check("srandmember_count", key.srandmember_count(2));
    probe.check("srandmember_repeating", key.srandmember_repeating(2));
    probe.check_steps("sscan_on", |c| all(key.sscan_on(c)));
    probe.check_steps("sscan_match_on", |c| all(key.sscan_match_on(c, "a*")));
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
    probe.check("smove", key.smove(&other, "a"));
    probe.check("sinter", key.sinter(other));
    probe.check("sunion", key.sunion(other));
    probe.check("sdiff", key.sdiff(other));
    probe.check("sintercard", key.sintercard(other, 3));
    probe.check("sintercard", key.sintercard(other, 0));
    probe.check("sinterstore", key.sinterstore([other, other]));
    probe.check("sunionstore", key.sunionstore(other));
    probe.check_class("sinterstore", key.sinterstore((other, key)));
    probe.check_class("sunionstore", key.sunionstore((other, key)));
    probe.check_class("sdiffstore", key.sdiffstore((other, key)));
    probe.check("sdiffstore", key.sdiffstore(other));
    probe.check("spop", key.spop());
    probe.check("spop_count", key.spop_count(2));
    probe.finish();
}

fn all<T>(items: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    items.collect()
}
