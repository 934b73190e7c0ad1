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
    probe.check_case("hincr", When::Narrow, |c| key.hincr("a", 1).query(c));

    probe.facts = facts.float();
    let key = Handle::new(Probed::<Map<f64>, P>::new(1));
    probe.check("hincr_by_float", |c| key.hincr_by_float("a", 0.5).query(c));
    probe.finish();
}

fn plain<const P: usize>(probe: &mut Probe, key: Handle<Probed<Map<i64>, P>>) {
    probe.check("hset", |c| key.hset("a", &1).query(c));
    probe.check("hset_multiple", |c| {
        key.hset_multiple([("a", 1), ("b", 2)]).query(c)
    });
    probe.check("hset_nx", |c| key.hset_nx("c", &3).query(c));
    probe.check("hget", |c| key.hget("a").query(c));
    probe.check("hmget", |c| key.hmget(["a", "b"]).query(c));
    probe.check("hgetall", |c| key.hgetall().query(c));
    probe.check("hkeys", |c| key.hkeys().query(c));
    probe.check("hvals", |c| key.hvals().query(c));
    probe.check("hlen", |c| key.hlen().query(c));
    probe.check("is_empty", |c| key.is_empty().query(c));
    probe.check("hexists", |c| key.hexists("a").query(c));
    probe.check("hstrlen", |c| key.hstrlen("a").query(c));
    probe.check("hrandfield", |c| key.hrandfield().query(c));
    probe.check("hrandfield_count", |c| key.hrandfield_count(2).query(c));
    probe.check("hrandfield_withvalues", |c| {
        key.hrandfield_withvalues(2).query(c)
    });
    probe.check("hscan_on", |c| all(key.hscan_on(c)));
    probe.check("hscan_match_on", |c| all(key.hscan_match_on(c, "a*")));
    probe.check_async("hscan", async |store| {
        let key = Handle::with(Probed::<Map<i64>, P>::new(1), store);
        key.hscan().collect().await
    });
    probe.check_async("hscan_match", async |store| {
        let key = Handle::with(Probed::<Map<i64>, P>::new(1), store);
        key.hscan_match("a*").collect().await
    });
    probe.check_case("hincr", When::Wide, |c| key.hincr("a", 1).query(c));
    probe.check("hincr_bounded", |c| {
        key.hincr_bounded("a", 1, 0..=9).query(c)
    });
    probe.check("hdel", |c| key.hdel("x").query(c));
    probe.check("hdel_many", |c| key.hdel_many(["x", "y"]).query(c));
}

fn all<T>(items: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    items.collect()
}
