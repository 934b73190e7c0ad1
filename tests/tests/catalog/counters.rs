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
    probe.check("set", key.set(5));
    probe.check("get", key.get());
    probe.check_case("incr", When::Wide, key.incr());
    probe.check_case("decr", When::Wide, key.decr());
    probe.check_case("incr_by", When::Wide, key.incr_by(7));
    probe.check("incr_bounded", key.incr_bounded(7, 0..=100));

    probe.facts = facts.clone().narrow("0 4294967295");
    let key = probe.key::<Counter<u32>, P>();
    probe.check_case("incr", When::Narrow, key.incr());
    probe.check_case("decr", When::Narrow, key.decr());
    probe.check_case("incr_by", When::Narrow, key.incr_by(7));

    probe.facts = facts.float();
    let key = probe.key::<Counter<f64>, P>();
    probe.check("incr_by_float", key.incr_by_float(0.5));
    probe.check("reset", key.reset());
    probe.finish();
}
