use std::convert::Infallible;

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::{Problem, Text};
use redis_schema::record::{Optional, Required};
use redis_schema::structure::Hash;
use redis_schema::{Edits, Handle};
use redis_schema_codegen::catalog::{Facts, When};
use rt::{Field, FieldReader, FieldWriter, Record, Touch};

use crate::probe::{POLICIES, Probe, Probed, every_policy};

#[test]
fn records_send_what_the_catalog_says() {
    every_policy!(run);
}

/// A record whose fields are all that a field can be.
struct Full {
    name: String,
    note: Option<String>,
}

impl Full {
    const NAME: Field<Self, Text<String>> = Field::new("name");
    const NOTE: Field<Self, Text<String>, Optional> = Field::new("note").was(&["remark"]);
    const COUNT: Field<Self, Text<u32>, Optional> = Field::new("count").was(&["number"]);
    const RATIO: Field<Self, Text<f64>, Optional> = Field::new("ratio").was(&["share"]);
}

impl Record for Full {
    const FIELDS: &'static [&'static str] = &["name", "note", "count", "ratio", "updated_at"];
    const TOUCH: &'static [Touch] = &[Touch::Millis("updated_at")];

    fn encode(&self, out: &mut FieldWriter<'_>) -> Result<(), Problem> {
        out.put::<Text<String>>("name", &self.name)?;
        out.put_optional::<Text<String>>("note", self.note.as_deref())
    }

    fn decode(from: &mut FieldReader) -> Result<Self, Problem> {
        Ok(Self {
            name: from.required::<Text<String>>(&["name"])?,
            note: from.optional::<Text<String>>(&["note", "remark"])?,
        })
    }
}

/// A record of the plainest fields.
struct Plain {
    total: i64,
}

impl Plain {
    const TOTAL: Field<Self, Text<i64>> = Field::new("total");
    const COUNT: Field<Self, Text<u8>, Optional> = Field::new("count");
    const RATIO: Field<Self, Text<f64>, Required> = Field::new("ratio");
}

impl Record for Plain {
    const FIELDS: &'static [&'static str] = &["total", "count", "ratio"];

    fn encode(&self, out: &mut FieldWriter<'_>) -> Result<(), Problem> {
        out.put::<Text<i64>>("total", &self.total)
    }

    fn decode(from: &mut FieldReader) -> Result<Self, Problem> {
        let total = from.required::<Text<i64>>(&["total"])?;
        Ok(Self { total })
    }
}

fn run<const P: usize>() {
    let mut probe = Probe::new("hash", P);
    let facts = Facts::new(POLICIES[P].1);
    probe.facts = facts.clone().wide().narrow("min max").float();
    plain(&mut probe, probe_key::<Plain, P>());
    probe.prepare(&["DEL probed:1"]);
    probe.facts = facts
        .wide()
        .narrow("min max")
        .float()
        .former()
        .touches(["ms updated_at".to_owned()]);
    full(&mut probe, probe_key::<Full, P>());
    probe.finish();
}

fn probe_key<R: Record, const P: usize>() -> Handle<Probed<Hash<R>, P>> {
    Handle::new(Probed::new(1))
}

fn plain<const P: usize>(probe: &mut Probe, key: Handle<Probed<Hash<Plain>, P>>) {
    let record = Plain { total: 7 };
    probe.check_async("hgetall_or_load", async |store| {
        let key = Handle::with(Probed::<Hash<Plain>, P>::new(1), store);
        let loaded = key.hgetall_or_load(async || Ok::<_, Infallible>(Some(Plain { total: 7 })));
        Ok(loaded.await?)
    });
    probe.check("hset", key.hset(&record));
    probe.check("hgetall", key.hgetall());
    probe.check("hget", key.hget(Plain::TOTAL));
    probe.check("hmget", key.hmget((Plain::TOTAL, Plain::COUNT)));
    probe.check("hexists", key.hexists(Plain::TOTAL));
    probe.check("hlen", key.hlen());
    probe.check("hkeys", key.hkeys());
    probe.check("hset_field", key.hset_field(Plain::TOTAL, &8));
    probe.check(
        "hset_fields",
        key.hset_fields(((Plain::TOTAL, &8), (Plain::COUNT, &1))),
    );
    probe.check("hset_nx", key.hset_nx(Plain::COUNT, &8));
    probe.check("hdel", key.hdel(Plain::COUNT));
    probe.check_case("hincr", When::Wide, key.hincr(Plain::TOTAL, 1));
    probe.check_case("hincr", When::Narrow, key.hincr(Plain::COUNT, 1));
    probe.check("hincr_by_float", key.hincr_by_float(Plain::RATIO, 0.5));
    probe.check("update", key.update(Edits::new().set(Plain::TOTAL, &9)));
    probe.check("create", key.create(&record));
}

fn full<const P: usize>(probe: &mut Probe, key: Handle<Probed<Hash<Full>, P>>) {
    let record = Full {
        name: "n".to_owned(),
        note: None,
    };
    probe.check("create", key.create(&record));
    probe.check("hset", key.hset(&record));
    probe.check("hgetall", key.hgetall());
    probe.check_case("hget", When::Former, key.hget(Full::NOTE));
    probe.check_case("hexists", When::Former, key.hexists(Full::NOTE));
    probe.check_case("hmget", When::Former, key.hmget((Full::NAME, Full::NOTE)));
    probe.check("hset_field", key.hset_field(Full::NAME, "m"));
    probe.check("hset_field", key.hset_field(Full::NOTE, "m"));
    probe.check(
        "hset_fields",
        key.hset_fields(((Full::NAME, "m"), (Full::NOTE, "o"))),
    );
    probe.check("hset_nx", key.hset_nx(Full::NOTE, "m"));
    probe.check("hdel", key.hdel(Full::NOTE));
    probe.check_case("hincr", When::Former, key.hincr(Full::COUNT, 1));
    probe.check_case(
        "hincr_by_float",
        When::Former,
        key.hincr_by_float(Full::RATIO, 0.5),
    );
    let edits = Edits::new().set(Full::NAME, "x").incr(Full::COUNT, 1);
    probe.check("update", key.update(edits));
}
