use std::time::Duration;

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::{Problem, Text};
use redis_schema::stream::{
    ClaimOptions, ConsumeOptions, GroupReadOptions, KeepAll, MaxAge, MaxLen, PendingFilter,
    Position, ReadOptions, StreamId, Trim, TrimRule,
};
use redis_schema::structure::Stream;
use redis_schema::{Handle, Result, Store};
use redis_schema_codegen::catalog::{Facts, When};
use redis_schema_model::model::StreamTrim;
use rt::{FieldReader, FieldWriter, Record};

use crate::consumers::Patient;
use crate::probe::{POLICIES, Probe, Probed, every_policy};

#[test]
fn streams_send_what_the_catalog_says() {
    every_policy!(run);
}

/// An entry.
pub struct Event {
    kind: String,
}

impl Record for Event {
    const FIELDS: &'static [&'static str] = &["kind"];

    fn encode(&self, out: &mut FieldWriter<'_>) -> std::result::Result<(), Problem> {
        out.put::<Text<String>>("kind", &self.kind)
    }

    fn decode(from: &mut FieldReader) -> std::result::Result<Self, Problem> {
        let kind = from.required::<Text<String>>(&["kind"])?;
        Ok(Self { kind })
    }
}

type Key<T, const P: usize> = Handle<Probed<Stream<Event, T>, P>>;

fn run<const P: usize>() {
    let mut probe = Probe::new("stream", P);
    let facts = Facts::new(POLICIES[P].1);
    let (count, ms) = (1000, 60_000);
    appends::<MaxLen<1000, true>, P>(
        &mut probe,
        facts.clone().trim(StreamTrim::MaxLen {
            count,
            approx: true,
        }),
    );
    appends::<MaxLen<1000, false>, P>(
        &mut probe,
        facts.clone().trim(StreamTrim::MaxLen {
            count,
            approx: false,
        }),
    );
    appends::<MaxAge<60_000, true>, P>(
        &mut probe,
        facts.clone().trim(StreamTrim::MinAge { ms, approx: true }),
    );
    appends::<KeepAll, P>(&mut probe, facts);
    reads::<P>(&mut probe);
    groups::<P>(&mut probe);
    followers::<P>(&mut probe);
    probe.finish();
}

fn key<T: Trim, const P: usize>() -> Key<T, P> {
    Handle::new(Probed::new(1))
}

fn event() -> Event {
    Event {
        kind: "k".to_owned(),
    }
}

fn appends<T: Trim, const P: usize>(probe: &mut Probe, facts: Facts) {
    probe.facts = facts;
    let key = key::<T, P>();
    let last = StreamId::new(u64::MAX, 1);
    probe.check("xadd", key.xadd(&event()));
    probe.check("xadd_existing", key.xadd_existing(&event()));
    probe.check("xadd_with_id", key.xadd_with_id(last, &event()));
    let (count, millis) = (5, 9_000);
    let newest = TrimRule::MaxLen { count, about: true };
    let young = TrimRule::MaxAge {
        millis,
        about: false,
    };
    probe.check("xtrim", key.xtrim(newest));
    probe.check_case("xtrim", When::Aged, key.xtrim(young));
    probe.check("xdel", key.xdel([last, last]));
    probe.prepare(&[
        "DEL probed:1",
        "XADD probed:1 1-1 kind a",
        "XADD probed:1 1-2 kind b",
    ]);
}

fn reads<const P: usize>(probe: &mut Probe) {
    let key = key::<KeepAll, P>();
    let options = ReadOptions::new();
    let waiting = options.block(Duration::from_secs(1));
    probe.check_steps("group", |_| Ok(key.group(Patient).name()));
    probe.check("xlen", key.xlen());
    probe.check("is_empty", key.is_empty());
    probe.check("xrange", key.xrange(..));
    probe.check("xrange_count", key.xrange_count(.., 2));
    probe.check("xrevrange", key.xrevrange(..));
    probe.check("xrevrange_count", key.xrevrange_count(.., 2));
    probe.check("xread", key.xread(Position::Start, options.count(2)));
    probe.check_case("xread", When::Waiting, key.xread(Position::Start, waiting));
    probe.check("xinfo_stream", key.xinfo_stream());
}

fn groups<const P: usize>(probe: &mut Probe) {
    let key = key::<KeepAll, P>();
    let options = GroupReadOptions::new().count(1);
    let waiting = GroupReadOptions::new()
        .block(Duration::from_secs(1))
        .no_ack();
    let idle = Duration::ZERO;
    let id = StreamId::new(1, 1);
    probe.check("xgroup_create", key.xgroup_create("g", Position::Start));
    probe.check("xgroup_createconsumer", key.xgroup_createconsumer("g", "c"));
    probe.check("read_group", key.read_group("g", "c", options));
    probe.check_case(
        "read_group",
        When::Waiting,
        key.read_group("g", "c", waiting),
    );
    probe.check(
        "read_pending",
        key.read_pending("g", "c", StreamId::MIN, Some(3)),
    );
    probe.check("xpending", key.xpending("g"));
    let filter = PendingFilter::new(5).min_idle(idle).consumer("c");
    probe.check("xpending_entries", key.xpending_entries("g", &filter));
    let claim = ClaimOptions::new();
    probe.check("xclaim", key.xclaim("g", "d", idle, [id], claim));
    let claim = claim.idle(idle).deliveries(3).force();
    probe.check(
        "xclaim_ids",
        key.xclaim_ids("g", "d", idle, [id, id], claim),
    );
    probe.check(
        "xautoclaim",
        key.xautoclaim("g", "d", idle, StreamId::MIN, 5),
    );
    probe.check("xack", key.xack("g", [id, id]));
    probe.check("xinfo_groups", key.xinfo_groups());
    probe.check("xinfo_consumers", key.xinfo_consumers("g"));
    probe.check("xgroup_setid", key.xgroup_setid("g", Position::Start));
    probe.check("xgroup_delconsumer", key.xgroup_delconsumer("g", "c"));
}

fn followers<const P: usize>(probe: &mut Probe) {
    let second = Duration::from_secs(1);
    probe.check_async("follow", async |store: &Store| {
        next(stored::<P>(store).follow(Position::Start)).await
    });
    probe.check_async("follow_with", async |store: &Store| {
        let options = ReadOptions::new().count(1).block(second);
        next(stored::<P>(store).follow_with(Position::Start, options)).await
    });
    probe.check_async("consume", async |store: &Store| {
        next(stored::<P>(store).consume("g", "e")).await
    });
    probe.prepare(&["XADD probed:1 * kind c"]);
    probe.check_async("consume_with", async |store: &Store| {
        let options = ConsumeOptions::new().count(1).block(second).reclaim(second);
        next(stored::<P>(store).consume_with("g", "f", options)).await
    });
    let key = key::<KeepAll, P>();
    probe.check("xgroup_destroy", key.xgroup_destroy("g"));
}

fn stored<const P: usize>(store: &Store) -> Handle<Probed<Stream<Event, KeepAll>, P>, &Store> {
    Handle::with(Probed::new(1), store)
}

/// The first entry.
async fn next(mut entries: redis_schema::stream::Follow<Event>) -> Result<()> {
    let entry = entries.next().await.unwrap()?;
    entry.record.map(drop)
}
