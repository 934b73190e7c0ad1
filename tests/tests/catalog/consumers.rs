use std::time::Duration;

use redis_schema::__generated_0_1 as rt;
use redis_schema::stream::{
    Consumers, Follow, KeepAll, PendingFilter, Position, ReadOptions, StreamId, TrimRule,
};
use redis_schema::structure::Stream;
use redis_schema::{Context, Handle, Result, Store};
use redis_schema_codegen::catalog::{Facts, Groups, When};

use crate::probe::{POLICIES, Probe, Probed, every_policy};
use crate::streams::Event;

#[test]
fn declared_groups_send_what_the_catalog_says() {
    every_policy!(run);
}

type Log<const P: usize> = Probed<Stream<Event, KeepAll>, P>;

/// Takes entries over, and never gives up.
#[derive(Clone, Copy)]
pub struct Patient;

/// Gives entries up.
#[derive(Clone, Copy)]
pub struct Strict;

/// Deals with entries when they are delivered.
#[derive(Clone, Copy)]
pub struct Careless;

impl<const P: usize> rt::ConsumerGroup<Log<P>> for Patient {
    const POLICY: rt::GroupPolicy = rt::GroupPolicy::new("g").min_idle_ms(1).heartbeat_ms(1);
}
impl<const P: usize> rt::Acknowledges<Log<P>> for Patient {}
impl<const P: usize> rt::Reclaims<Log<P>> for Patient {}
impl<const P: usize> rt::Beats<Log<P>> for Patient {}

impl<const P: usize> rt::ConsumerGroup<Log<P>> for Strict {
    const POLICY: rt::GroupPolicy = rt::GroupPolicy::new("s")
        .min_idle_ms(1000)
        .gives_up(2, RULE);

    fn dead_letter<X: Context>(_: &Log<P>, context: X, out: &mut rt::OperandList) {
        rt::dead_letter(Log::<P>::new(2), context, out);
    }
}
impl<const P: usize> rt::Acknowledges<Log<P>> for Strict {}
impl<const P: usize> rt::Reclaims<Log<P>> for Strict {}
impl<const P: usize> rt::Buries<Log<P>> for Strict {}

impl<const P: usize> rt::ConsumerGroup<Log<P>> for Careless {
    const POLICY: rt::GroupPolicy = rt::GroupPolicy::new("n").start_new().ack_before();
}

const RULE: TrimRule = TrimRule::MaxAge {
    millis: 60_000,
    about: true,
};

fn group<const P: usize, G: rt::ConsumerGroup<Log<P>>>(group: G) -> Consumers<Log<P>, (), G> {
    Handle::new(Log::<P>::new(1)).group(group)
}

fn run<const P: usize>() {
    let mut probe = Probe::new("consumers", P);
    let facts = Facts::new(POLICIES[P].1);
    probe.facts = facts.clone().groups(Groups {
        acknowledges: true,
        reclaims: true,
        beats: true,
        first: true,
        ..Groups::NONE
    });
    manages::<P>(&mut probe);
    works::<P>(&mut probe);
    probe.facts = facts.clone().groups(Groups {
        acknowledges: true,
        buries: true,
        first: true,
        ..Groups::NONE
    });
    gives_up::<P>(&mut probe);
    probe.facts = facts.groups(Groups {
        before: true,
        new: true,
        ..Groups::NONE
    });
    loses::<P>(&mut probe);
    probe.check("destroy", group::<P, _>(Patient).destroy());
    probe.finish();
}

/// Two entries and a group, whatever became of what was tried before.
fn begin(probe: &mut Probe, create: &str) {
    probe.prepare(&["DEL probed:1 probed:2"]);
    probe.prepare(&["XADD probed:1 1-1 kind a", "XADD probed:1 1-2 kind b"]);
    probe.prepare(&[create]);
}

fn manages<const P: usize>(probe: &mut Probe) {
    let group = group::<P, _>(Patient);
    probe.check_steps("name", |_| Ok(group.name()));
    probe.check("create", group.create());
    probe.check("go_on_from", group.go_on_from(Position::Start));
    probe.check("consumers", group.consumers());
    begin(probe, "XGROUP CREATE probed:1 g 0");
    probe.prepare(&["XGROUP CREATECONSUMER probed:1 g idle"]);
    probe.check("retire", group.retire("idle"));
}

fn works<const P: usize>(probe: &mut Probe) {
    let group = group::<P, _>(Patient);
    let options = ReadOptions::new().count(1);
    let waiting = options.block(Duration::from_secs(1));
    let id = StreamId::new(1, 1);
    probe.check("read", group.read("c", options));
    probe.check_case("read", When::Waiting, group.read("c", waiting));
    let pending = group.read_pending("c", StreamId::MIN, Some(3));
    probe.check("read_pending", pending);
    probe.check("pending", group.pending());
    let filter = PendingFilter::new(5).min_idle(Duration::ZERO).consumer("c");
    probe.check("pending_entries", group.pending_entries(&filter));
    probe.check("heartbeat", group.heartbeat("c", [id, id]));
    probe.check_async("keep_while", async |store: &Store| {
        let group = stored::<P, _>(store, Patient);
        group.keep_while("c", [id], async {}).await.map(drop)
    });
    let claim = group.claim("d", StreamId::MIN, 5);
    probe.check_case("claim", When::Reclaiming, claim);
    probe.check("ack", group.ack([id, id]));
    probe.check_async("consume", async |store: &Store| {
        next(stored::<P, _>(store, Patient).consume("e")).await
    });
}

fn gives_up<const P: usize>(probe: &mut Probe) {
    let group = group::<P, _>(Strict);
    let second = Duration::from_secs(1);
    probe.check("create", group.create());
    begin(probe, "XGROUP CREATE probed:1 s 0");
    probe.prepare(&["XREADGROUP GROUP s c COUNT 2 STREAMS probed:1 >"]);
    probe.prepare(&["XCLAIM probed:1 s c 0 1-1 1-2 IDLE 5000 JUSTID"]);
    let claim = group.claim("d", StreamId::MIN, 5);
    probe.check_case("claim", When::Burying, claim);
    probe.check("bury", group.bury([StreamId::new(1, 1)]));
    probe.prepare(&["XADD probed:1 * kind c"]);
    probe.check_async("consume_with", async |store: &Store| {
        let options = ReadOptions::new().count(1).block(second);
        next(stored::<P, _>(store, Strict).consume_with("c", options)).await
    });
}

fn loses<const P: usize>(probe: &mut Probe) {
    let group = group::<P, _>(Careless);
    probe.check("create", group.create());
    begin(probe, "XGROUP CREATE probed:1 n $");
    probe.prepare(&["XADD probed:1 * kind d"]);
    probe.check("read", group.read("c", ReadOptions::new()));
    probe.prepare(&["XADD probed:1 * kind e"]);
    probe.check_async("consume", async |store: &Store| {
        next(stored::<P, _>(store, Careless).consume("c")).await
    });
}

fn stored<const P: usize, G: rt::ConsumerGroup<Log<P>>>(
    store: &Store,
    group: G,
) -> Consumers<Log<P>, &Store, G> {
    Handle::with(Log::<P>::new(1), store).group(group)
}

/// The first entry.
async fn next(mut entries: Follow<Event>) -> Result<()> {
    let entry = entries.next().await.unwrap()?;
    entry.record.map(drop)
}
