use redis_schema::structure::Counter;
use redis_schema_codegen::catalog::{Facts, When};

use crate::probe::{POLICIES, Probe, every_policy};

#[test]
fn counters_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("counter", P);
    let facts = Facts::new(POLICIES[P].1);

    probe.facts = facts.clone().wide();
    let key = probe.key::<Counter<i64>, P>();
    probe.check("set", |c| key.set(5).query(c));
    probe.check("get", |c| key.get().query(c));
    probe.check_case("incr", When::Wide, |c| key.incr().query(c));
    probe.check_case("decr", When::Wide, |c| key.decr().query(c));
    probe.check_case("incr_by", When::Wide, |c| key.incr_by(7).query(c));
    probe.check("incr_bounded", |c| key.incr_bounded(7, 0..=100).query(c));

    probe.facts = facts.clone().narrow("0 4294967295");
    let key = probe.key::<Counter<u32>, P>();
    probe.check_case("incr", When::Narrow, |c| key.incr().query(c));
    probe.check_case("decr", When::Narrow, |c| key.decr().query(c));
    probe.check_case("incr_by", When::Narrow, |c| key.incr_by(7).query(c));

    probe.facts = facts.float();
    let key = probe.key::<Counter<f64>, P>();
    probe.check("incr_by_float", |c| key.incr_by_float(0.5).query(c));
    probe.check("reset", |c| key.reset().query(c));
    probe.finish();
}
