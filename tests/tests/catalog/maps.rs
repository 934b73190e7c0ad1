use redis_schema::codec::Text;
use redis_schema::structure::HashMap;
use redis_schema::{Handle, Result};
use redis_schema_codegen::catalog::{Facts, When};

use crate::probe::{POLICIES, Probe, Probed, every_policy};

type Map<N> = HashMap<Text<String>, Text<N>>;

#[test]
fn maps_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("hash_map", P);
    let facts = Facts::new(POLICIES[P].1);
    probe.facts = facts.clone().wide();
    plain(&mut probe, Handle::new(Probed::<Map<i64>, P>::new(1)));

    probe.facts = facts.clone().narrow("0 255");
    let key = Handle::new(Probed::<Map<u8>, P>::new(1));
    probe.check_case("hincr", When::Narrow, key.hincr("a", 1));

    probe.facts = facts.float();
    let key = Handle::new(Probed::<Map<f64>, P>::new(1));
    probe.check("hincr_by_float", key.hincr_by_float("a", 0.5));
    probe.finish();
}

fn plain<const P: usize>(probe: &mut Probe, key: Handle<Probed<Map<i64>, P>>) {
    probe.check("hset", key.hset("a", &1));
    probe.check("hset_multiple", key.hset_multiple([("a", 1), ("b", 2)]));
    probe.check("hset_nx", key.hset_nx("c", &3));
    probe.check("hget", key.hget("a"));
    probe.check("hmget", key.hmget(["a", "b"]));
    probe.check("hgetall", key.hgetall());
    probe.check("hkeys", key.hkeys());
    probe.check("hvals", key.hvals());
    probe.check("hlen", key.hlen());
    probe.check("is_empty", key.is_empty());
    probe.check("hexists", key.hexists("a"));
    probe.check("hstrlen", key.hstrlen("a"));
    probe.check("hrandfield", key.hrandfield());
    probe.check("hrandfield_count", key.hrandfield_count(2));
    probe.check("hrandfield_withvalues", key.hrandfield_withvalues(2));
    probe.check_steps("hscan_on", |c| all(key.hscan_on(c)));
    probe.check_steps("hscan_match_on", |c| all(key.hscan_match_on(c, "a*")));
    probe.check_async("hscan", async |store| {
        let key = Handle::with(Probed::<Map<i64>, P>::new(1), store);
        key.hscan().collect().await
    });
    probe.check_async("hscan_match", async |store| {
        let key = Handle::with(Probed::<Map<i64>, P>::new(1), store);
        key.hscan_match("a*").collect().await
    });
    probe.check_case("hincr", When::Wide, key.hincr("a", 1));
    probe.check("hincr_bounded", key.hincr_bounded("a", 1, 0..=9));
    probe.check("hdel", key.hdel("x"));
    probe.check("hdel_many", key.hdel_many(["x", "y"]));
}

fn all<T>(items: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    items.collect()
}
