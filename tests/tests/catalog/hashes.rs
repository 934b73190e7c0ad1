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
    probe.check("hset", |c| key.hset(&record).query(c));
    probe.check("hgetall", |c| key.hgetall().query(c));
    probe.check("hget", |c| key.hget(Plain::TOTAL).query(c));
    probe.check("hmget", |c| {
        key.hmget((Plain::TOTAL, Plain::COUNT)).query(c)
    });
    probe.check("hexists", |c| key.hexists(Plain::TOTAL).query(c));
    probe.check("hlen", |c| key.hlen().query(c));
    probe.check("hkeys", |c| key.hkeys().query(c));
    probe.check("hset_field", |c| key.hset_field(Plain::TOTAL, &8).query(c));
    probe.check("hset_fields", |c| {
        key.hset_fields(((Plain::TOTAL, &8), (Plain::COUNT, &1)))
            .query(c)
    });
    probe.check("hset_nx", |c| key.hset_nx(Plain::COUNT, &8).query(c));
    probe.check("hdel", |c| key.hdel(Plain::COUNT).query(c));
    probe.check_case("hincr", When::Wide, |c| key.hincr(Plain::TOTAL, 1).query(c));
    probe.check_case("hincr", When::Narrow, |c| {
        key.hincr(Plain::COUNT, 1).query(c)
    });
    probe.check("hincr_by_float", |c| {
        key.hincr_by_float(Plain::RATIO, 0.5).query(c)
    });
    probe.check("update", |c| {
        key.update(Edits::new().set(Plain::TOTAL, &9)).query(c)
    });
    probe.check("create", |c| key.create(&record).query(c));
}

fn full<const P: usize>(probe: &mut Probe, key: Handle<Probed<Hash<Full>, P>>) {
    let record = Full {
        name: "n".to_owned(),
        note: None,
    };
    probe.check("create", |c| key.create(&record).query(c));
    probe.check("hset", |c| key.hset(&record).query(c));
    probe.check("hgetall", |c| key.hgetall().query(c));
    probe.check_case("hget", When::Former, |c| key.hget(Full::NOTE).query(c));
    probe.check_case("hexists", When::Former, |c| {
        key.hexists(Full::NOTE).query(c)
    });
    probe.check_case("hmget", When::Former, |c| {
        key.hmget((Full::NAME, Full::NOTE)).query(c)
    });
    probe.check("hset_field", |c| key.hset_field(Full::NAME, "m").query(c));
    probe.check("hset_field", |c| key.hset_field(Full::NOTE, "m").query(c));
    probe.check("hset_fields", |c| {
        key.hset_fields(((Full::NAME, "m"), (Full::NOTE, "o")))
            .query(c)
    });
    probe.check("hset_nx", |c| key.hset_nx(Full::NOTE, "m").query(c));
    probe.check("hdel", |c| key.hdel(Full::NOTE).query(c));
    probe.check_case("hincr", When::Former, |c| {
        key.hincr(Full::COUNT, 1).query(c)
    });
    probe.check_case("hincr_by_float", When::Former, |c| {
        key.hincr_by_float(Full::RATIO, 0.5).query(c)
    });
    let edits = Edits::new().set(Full::NAME, "x").incr(Full::COUNT, 1);
    probe.check("update", |c| key.update(edits).query(c));
}
