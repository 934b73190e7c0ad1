use std::time::Duration;

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::Text;
use redis_schema::queue::{Claim, Enqueue, Task, Verdict};
use redis_schema::structure::Queue;
use redis_schema::{Handle, Store};

use crate::probe::{Probe, Probed, once};

type Structure = Queue<Text<String>, ()>;

impl<const P: usize> rt::Queued for Probed<Structure, P> {
    const RULE: rt::QueueRule = rt::QueueRule::new(60_000, 3);
}

fn queue(store: &Store) -> Handle<Probed<Structure, 0>, &Store> {
    Handle::with(Probed::new(1), store)
}

#[test]
fn queues_send_what_the_catalog_says() {
    once!(tasks);
}

fn tasks() {
    let mut probe = Probe::new("queue", 0);
    probe.facts = probe.facts.clone().alike();
    let key = probe.key::<Structure, 0>();
    probe.check("enqueue", key.enqueue("a"));
    probe.check(
        "enqueue_with",
        key.enqueue_with("b", Enqueue::new().id("b")),
    );
    probe.check("claim", key.claim(10));
    probe.check("stats", key.stats());
    probe.check("pause", key.pause());
    probe.check("resume", key.resume());
    let claim = claimed(&mut probe);
    probe.check("state", key.state(claim.id()));
    probe.check("extend", key.extend(&claim));
    probe.check_async("keep_while", async |store: &Store| {
        queue(store).keep_while(&claim, async {}).await
    });
    probe.check("retry", key.retry(&claim, "why"));
    let claim = claimed(&mut probe);
    probe.check("retry_in", key.retry_in(&claim, "why", Duration::ZERO));
    let claim = claimed(&mut probe);
    probe.check("ack", key.ack(&claim));
    let claim = claimed(&mut probe);
    probe.check("bury", key.bury(&claim, "why"));
    probe.check("dead", key.dead(0, 10));
    probe.check("requeue_dead", key.requeue_dead(claim.id()));
    probe.check_async("claim_within", async |store: &Store| {
        queue(store).claim_within(1, Duration::from_secs(1)).await
    });
    probe.check_async("work", async |store: &Store| {
        queue(store).enqueue("a").await?;
        let (told, heard) = tokio::sync::oneshot::channel::<()>();
        let (told, stop) = (std::cell::Cell::new(Some(told)), async {
            drop(heard.await)
        });
        let body = async |_: &Task<String>| {
            drop(told.take());
            Verdict::Done
        };
        queue(store).work(1, stop, body).await
    });
    probe.check("clear", key.clear());
    probe.finish();
}

/// A task of which there is no other, claimed.
fn claimed(probe: &mut Probe) -> Claim {
    probe.arrange(async |store: &Store| {
        queue(store).clear().await?;
        queue(store).enqueue("a").await?;
        let task = queue(store).claim(1).await?.pop();
        Ok(task.expect("it waits").claim)
    })
}
