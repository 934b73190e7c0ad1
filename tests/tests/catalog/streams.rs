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

use crate::probe::{POLICIES, Probe, Probed, every_policy};

#[test]
fn streams_send_what_the_catalog_says() {
    every_policy!(run);
}

struct Event {
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
    probe.check("xadd", |c| key.xadd(&event()).query(c));
    probe.check("xadd_existing", |c| key.xadd_existing(&event()).query(c));
    probe.check("xadd_with_id", |c| {
        key.xadd_with_id(last, &event()).query(c)
    });
    let (count, millis) = (5, 9_000);
    let newest = TrimRule::MaxLen { count, about: true };
    let young = TrimRule::MaxAge {
        millis,
        about: false,
    };
    probe.check("xtrim", |c| key.xtrim(newest).query(c));
    probe.check_case("xtrim", When::Aged, |c| key.xtrim(young).query(c));
    probe.check("xdel", |c| key.xdel([last, last]).query(c));
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
    probe.check("xlen", |c| key.xlen().query(c));
    probe.check("is_empty", |c| key.is_empty().query(c));
    probe.check("xrange", |c| key.xrange(..).query(c));
    probe.check("xrange_count", |c| key.xrange_count(.., 2).query(c));
    probe.check("xrevrange", |c| key.xrevrange(..).query(c));
    probe.check("xrevrange_count", |c| key.xrevrange_count(.., 2).query(c));
    probe.check("xread", |c| {
        key.xread(Position::Start, options.count(2)).query(c)
    });
    probe.check_case("xread", When::Waiting, |c| {
        key.xread(Position::Start, waiting).query(c)
    });
    probe.check("xinfo_stream", |c| key.xinfo_stream().query(c));
}

fn groups<const P: usize>(probe: &mut Probe) {
    let key = key::<KeepAll, P>();
    let options = GroupReadOptions::new().count(1);
    let waiting = GroupReadOptions::new()
        .block(Duration::from_secs(1))
        .no_ack();
    let idle = Duration::ZERO;
    let id = StreamId::new(1, 1);
    probe.check("xgroup_create", |c| {
        key.xgroup_create("g", Position::Start).query(c)
    });
    probe.check("xgroup_createconsumer", |c| {
        key.xgroup_createconsumer("g", "c").query(c)
    });
    probe.check("read_group", |c| key.read_group("g", "c", options).query(c));
    probe.check_case("read_group", When::Waiting, |c| {
        key.read_group("g", "c", waiting).query(c)
    });
    probe.check("read_pending", |c| {
        key.read_pending("g", "c", StreamId::MIN, Some(3)).query(c)
    });
    probe.check("xpending", |c| key.xpending("g").query(c));
    let filter = PendingFilter::new(5).min_idle(idle).consumer("c");
    probe.check("xpending_entries", |c| {
        key.xpending_entries("g", &filter).query(c)
    });
    let claim = ClaimOptions::new();
    probe.check("xclaim", |c| {
        key.xclaim("g", "d", idle, [id], claim).query(c)
    });
    let claim = claim.idle(idle).deliveries(3).force();
    probe.check("xclaim_ids", |c| {
        key.xclaim_ids("g", "d", idle, [id, id], claim).query(c)
    });
    probe.check("xautoclaim", |c| {
        key.xautoclaim("g", "d", idle, StreamId::MIN, 5).query(c)
    });
    probe.check("xack", |c| key.xack("g", [id, id]).query(c));
    probe.check("xinfo_groups", |c| key.xinfo_groups().query(c));
    probe.check("xinfo_consumers", |c| key.xinfo_consumers("g").query(c));
    probe.check("xgroup_setid", |c| {
        key.xgroup_setid("g", Position::Start).query(c)
    });
    probe.check("xgroup_delconsumer", |c| {
        key.xgroup_delconsumer("g", "c").query(c)
    });
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
    probe.check("xgroup_destroy", |c| key.xgroup_destroy("g").query(c));
}

fn stored<const P: usize>(store: &Store) -> Handle<Probed<Stream<Event, KeepAll>, P>, &Store> {
    Handle::with(Probed::new(1), store)
}

/// The first entry.
async fn next(mut entries: redis_schema::stream::Follow<Event>) -> Result<()> {
    let entry = entries.next().await.unwrap()?;
    entry.record.map(drop)
}
