use std::time::Duration;

use redis_schema::codec::Text;
use redis_schema::structure::List;
use redis_schema::{ListEnd, PositionOptions};

use crate::probe::{Probe, every_policy};

type Structure = List<Text<String>>;

#[test]
fn lists_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("list", P);
    pushes::<P>(&mut probe);
    reads::<P>(&mut probe);
    removals::<P>(&mut probe);
    waits::<P>(&mut probe);
    probe.finish();
}

fn pushes<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    probe.check("lpush", |c| key.lpush("a").query(c));
    probe.check("rpush", |c| key.rpush("b").query(c));
    probe.check("lpush_many", |c| key.lpush_many(["c", "d"]).query(c));
    probe.check("rpush_many", |c| key.rpush_many(["e", "f"]).query(c));
    probe.check("lpush_exists", |c| key.lpush_exists("a").query(c));
    probe.check("rpush_exists", |c| key.rpush_exists("a").query(c));
    probe.check("lpush_capped", |c| key.lpush_capped("a", 9).query(c));
    probe.check("rpush_capped", |c| key.rpush_capped("a", 9).query(c));
    probe.check("linsert_before", |c| key.linsert_before("a", "x").query(c));
    probe.check("linsert_after", |c| key.linsert_after("a", "y").query(c));
    probe.check("lset", |c| key.lset(0, "z").query(c));
}

fn reads<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    let options = PositionOptions::new().from_right();
    probe.check("lrange", |c| key.lrange(0, 1).query(c));
    probe.check("all", |c| key.all().query(c));
    probe.check("lindex", |c| key.lindex(0).query(c));
    probe.check("llen", |c| key.llen().query(c));
    probe.check("is_empty", |c| key.is_empty().query(c));
    probe.check("lpos", |c| key.lpos("a").query(c));
    probe.check("lpos_with", |c| key.lpos_with("a", options).query(c));
    probe.check("lpos_all", |c| key.lpos_all("a", options).query(c));
}

fn removals<const P: usize>(probe: &mut Probe) {
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    probe.check("lrem", |c| key.lrem(1, "x").query(c));
    probe.check("ltrim", |c| key.ltrim(0, 8).query(c));
    probe.check("lmove", |c| {
        key.lmove(ListEnd::Left, &other, ListEnd::Right).query(c)
    });
    probe.check("lpop", |c| key.lpop().query(c));
    probe.check("rpop", |c| key.rpop().query(c));
    probe.check("lpop_count", |c| key.lpop_count(2).query(c));
    probe.check("rpop_count", |c| key.rpop_count(2).query(c));
}

fn waits<const P: usize>(probe: &mut Probe) {
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    let second = Duration::from_secs(1);
    probe.prepare(&["RPUSH probed:1 a b c d"]);
    probe.check("blpop", |c| key.blpop(second).query(c));
    probe.check("brpop", |c| key.brpop(second).query(c));
    probe.check("blmove", |c| {
        let (left, right) = (ListEnd::Left, ListEnd::Right);
        key.blmove(left, &other, right, second).query(c)
    });
}
