use std::time::Duration;

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::Text;
use redis_schema::progress::{Event, Followed, Log, Logged, Told, Unlogged};
use redis_schema::stream::{Follow, ReadOptions, StreamId};
use redis_schema::structure::{Progress, ProgressEvents};
use redis_schema::{Handle, Result, Store};
use redis_schema_codegen::catalog::Facts;

use crate::probe::{POLICIES, Probe, Probed, every_policy};

/// Items whose numbers only rise.
type Name = Text<String>;
/// Items whose numbers may go down, and of which nobody need know beforehand.
type Number = Text<u32>;
type Said = Told<Text<String>>;

impl<E: Log, const P: usize> rt::Progressing for Probed<Progress<Name, E>, P> {
    const PROGRESS: rt::ProgressRule = rt::ProgressRule::new(100).events(1000, true);
}

impl<E: Log, const P: usize> rt::Progressing for Probed<Progress<Number, E>, P> {
    const PROGRESS: rt::ProgressRule = rt::ProgressRule::new(100)
        .allow_decrease()
        .allow_unknown()
        .events(10, false);
}

#[test]
fn progress_sends_what_the_catalog_says() {
    every_policy!(run);
}

fn run<const P: usize>() {
    let mut probe = Probe::new("progress", P);
    let facts = Facts::new(POLICIES[P].1);
    numbers::<Unlogged, P>(&mut probe, facts.clone());
    numbers::<Logged, P>(&mut probe, facts.clone().events(1000, true, false));
    numbers::<Said, P>(&mut probe, facts.clone().events(1000, true, true));
    let key = probe.key::<Progress<Name, Said>, P>();
    probe.prepare(&["DEL probed:1 probed:1:events"]);
    probe.check("begin", key.begin(["a", "b"]));
    probe.check("report_with", key.report_with("a", 50, "half"));
    probe.check("report_with", key.report_with("a", 100, "done"));
    probe.check("report_with", key.report_with("b", 100, "all done"));
    followers::<P>(&mut probe);
    probe.facts = facts.events(10, false, true);
    probe.prepare(&["DEL probed:1 probed:1:events"]);
    let key = probe.key::<Progress<Number, Said>, P>();
    probe.check("report", key.report(&1, 50));
    probe.check("report_with", key.report_with(&1, 40, "again"));
    probe.check("clear", key.clear());
    probe.finish();
}

fn numbers<E: Log, const P: usize>(probe: &mut Probe, facts: Facts) {
    probe.facts = facts;
    let key = probe.key::<Progress<Name, E>, P>();
    probe.prepare(&["DEL probed:1 probed:1:events"]);
    probe.check("report", key.report("a", 1));
    probe.check("begin", key.begin(["a", "b"]));
    probe.check("report", key.report("a", 100));
    probe.check("report", key.report("c", 100));
    probe.check("report", key.report("b", 100));
    probe.check("report", key.report("b", 7));
    probe.check("value", key.value("a"));
    probe.check("totals", key.totals());
    probe.check("snapshot", key.snapshot());
    probe.check("clear", key.clear());
}

fn stored<const P: usize>(store: &Store) -> Handle<Probed<Progress<Name, Said>, P>, &Store> {
    Handle::with(Probed::new(1), store)
}

async fn next<I, M>(mut events: Follow<Event<I, M>>) -> Result<()> {
    match events.next().await {
        Some(event) => event.map(drop),
        None => panic!("nothing is told"),
    }
}

fn followers<const P: usize>(probe: &mut Probe) {
    probe.check_async("follow", async |store: &Store| {
        next(stored::<P>(store).follow(StreamId::MIN)).await
    });
    probe.check_async("follow_with", async |store: &Store| {
        let options = ReadOptions::new().count(1).block(Duration::from_secs(1));
        next(stored::<P>(store).follow_with(StreamId::MIN, options)).await
    });
}

#[test]
fn events_send_what_the_catalog_says() {
    every_policy!(events);
}

fn events<const P: usize>() {
    let mut probe = Probe::new("progress_events", P);
    read::<Logged, P>(&mut probe);
    read::<Said, P>(&mut probe);
    probe.finish();
}

fn read<E: Followed, const P: usize>(probe: &mut Probe) {
    let key = probe.key::<ProgressEvents<Name, E>, P>();
    probe.prepare(&["XADD probed:1 * item a value 1 sum 1 items 1 done 0 max 100"]);
    probe.check("xlen", key.xlen());
    probe.check("recent", key.recent(10));
}
