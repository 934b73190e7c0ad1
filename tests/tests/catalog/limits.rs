//! Limits of calls.

use redis_schema::__generated_0_1 as rt;
use redis_schema::structure::RateLimit;
use redis_schema_codegen::catalog::Facts;
use redis_schema_model::model::LimitAlgorithm;

use crate::probe::{POLICIES, Probe, every_policy};
use crate::probed::Probed;

impl<A: redis_schema::rate_limit::Algorithm, const P: usize> rt::Limited
    for Probed<RateLimit<A>, P>
{
    const LIMITS: rt::Limits = rt::Limits::new(
        &[
            rt::LimitRule::new(1000, 60_000, 1000),
            rt::LimitRule::new(5000, 3_600_000, 5000),
        ],
        100,
    );
}

#[test]
fn limits_send_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("rate_limit", P);
    let facts = Facts::new(POLICIES[P].1);
    probe.facts = facts.clone().limiter(LimitAlgorithm::Gcra);
    each::<rt::Gcra, P>(&mut probe);
    probe.prepare(&["DEL probed:1"]);
    probe.facts = facts.limiter(LimitAlgorithm::SlidingLog);
    each::<rt::SlidingLog, P>(&mut probe);
    probe.finish();
}

fn each<A: redis_schema::rate_limit::Algorithm, const P: usize>(probe: &mut Probe) {
    use std::time::Duration;
    let key = probe.key::<RateLimit<A>, P>();
    probe.check("admit", key.admit());
    probe.check("admit_cost", key.admit_cost(3));
    probe.check("peek", key.peek());
    probe.check("refund", key.refund(2));
    probe.check_async("admit_within", async |store| {
        let key = store.handle(Probed::<RateLimit<A>, P>::new(1));
        key.admit_within(Duration::from_secs(60)).await
    });
    probe.check_async("admit_cost_within", async |store| {
        let key = store.handle(Probed::<RateLimit<A>, P>::new(1));
        key.admit_cost_within(3, Duration::from_secs(60)).await
    });
    probe.check("reset", key.reset());
}
