use std::time::Duration;

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::Text;
use redis_schema::structure::List;
use redis_schema::{ListEnd, ListOrder, PositionOptions};
use redis_schema_model::model::ListOrder as Declared;

use crate::probe::{Probe, Probed, every_policy};

type Structure = List<Text<String>>;

#[test]
fn lists_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("list", P);
    probe.facts = probe.facts.clone().ordered(Declared::Fifo).worked();
    queues::<P>(&mut probe);
    pushes::<P>(&mut probe);
    reads::<P>(&mut probe);
    removals::<P>(&mut probe);
    waits::<P>(&mut probe);
    probe.finish();
}

fn pushes<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    probe.check("lpush", key.lpush("a"));
    probe.check("rpush", key.rpush("b"));
    probe.check("lpush_many", key.lpush_many(["c", "d"]));
    probe.check("rpush_many", key.rpush_many(["e", "f"]));
    probe.check("lpush_exists", key.lpush_exists("a"));
    probe.check("rpush_exists", key.rpush_exists("a"));
    probe.check("lpush_capped", key.lpush_capped("a", 9));
    probe.check("rpush_capped", key.rpush_capped("a", 9));
    probe.check("linsert_before", key.linsert_before("a", "x"));
    probe.check("linsert_after", key.linsert_after("a", "y"));
    probe.check("lset", key.lset(0, "z"));
}

impl<const P: usize> rt::Ordered for Probed<Structure, P> {
    const ORDER: ListOrder = ListOrder::Fifo;
}
impl<const P: usize> rt::ProcessedIn<Self> for Probed<Structure, P> {}

fn queues<const P: usize>(probe: &mut Probe) {
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    probe.check("push", key.push("b"));
    probe.check("push_many", key.push_many(["c", "d", "e"]));
    probe.check("pop", key.pop());
    probe.check("take", key.take(&other));
    probe.check("give_back", key.give_back(&other, "c"));
    probe.check("take", key.take(&other));
    probe.check("done", key.done(&other, "c"));
    probe.check("take", key.take(&other));
    probe.check("recover", key.recover(&other, 5));
    probe.prepare(&["DEL probed:1 probed:2"]);
}

fn reads<const P: usize>(probe: &mut Probe) {
    let key = probe.key::<Structure, P>();
    let options = PositionOptions::new().from_right();
    probe.check("lrange", key.lrange(0, 1));
    probe.check("all", key.all());
    probe.check("lindex", key.lindex(0));
    probe.check("llen", key.llen());
    probe.check("is_empty", key.is_empty());
    probe.check("lpos", key.lpos("a"));
    probe.check("lpos_with", key.lpos_with("a", options));
    probe.check("lpos_all", key.lpos_all("a", options));
}

fn removals<const P: usize>(probe: &mut Probe) {
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    probe.check("lrem", key.lrem(1, "x"));
    probe.check("ltrim", key.ltrim(0, 8));
    probe.check("ltrim", key.ltrim(1, -1));
    probe.check("lmove", key.lmove(ListEnd::Left, &other, ListEnd::Right));
    probe.check("lpop", key.lpop());
    probe.check("rpop", key.rpop());
    probe.check("lpop_count", key.lpop_count(2));
    probe.check("rpop_count", key.rpop_count(2));
}

fn waits<const P: usize>(probe: &mut Probe) {
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    let second = Duration::from_secs(1);
    probe.prepare(&["RPUSH probed:1 a b c d"]);
    probe.check("blpop", key.blpop(second));
    probe.check("brpop", key.brpop(second));
    let (left, right) = (ListEnd::Left, ListEnd::Right);
    probe.check("blmove", key.blmove(left, &other, right, second));
}
