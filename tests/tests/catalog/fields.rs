//! Hashes whose fields have lifetimes of their own, on a server that has them.

use std::time::{Duration, SystemTime};

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::{Problem, Text};
use redis_schema::record::Expiring;
use redis_schema::structure::{Hash, HashMap};
use redis_schema::{Edits, ExpireOption, Handle, Lifetime};
use redis_schema_codegen::catalog::{Facts, Policy, When};
use rt::{Expires, Field, FieldReader, FieldWriter, Record};

use crate::probe::{POLICIES, Probe, Probed, Schema, every_policy, once};

#[test]
fn records_whose_fields_expire_send_what_the_catalog_says() {
    every_policy!(records);
}

#[test]
fn maps_whose_fields_expire_send_what_the_catalog_says() {
    once!(maps);
}

fn maps() {
    map::<0>(Policy::after_millis(61_000), false);
    map::<1>(Policy::after_millis(61_000).keep(), false);
    map::<2>(Policy::after_millis(61_500), true);
}

/// A record with a field that is refreshed, one that is kept, and an ordinary one.
struct Mixed {
    name: String,
    code: Option<String>,
}

impl Mixed {
    const NAME: Field<Self, Text<String>> = Field::new("name");
    const CODE: Field<Self, Text<String>, Expiring> = Field::new("code");
    const COUNT: Field<Self, Text<i64>, Expiring> = Field::new("count");
    const SMALL: Field<Self, Text<u8>, Expiring> = Field::new("small");
    const RATIO: Field<Self, Text<f64>, Expiring> = Field::new("ratio");
}

const FRESH: Lifetime = Lifetime::after_millis(61_000);
const KEPT: Lifetime = Lifetime::after_millis(62_500).keep();

impl Record for Mixed {
    const FIELDS: &'static [&'static str] = &["name", "code", "count", "small", "ratio"];
    const EXPIRES: &'static [Expires] = &[
        Expires::new("code", FRESH),
        Expires::new("count", KEPT),
        Expires::new("small", FRESH),
        Expires::new("ratio", KEPT),
    ];

    fn encode(&self, out: &mut FieldWriter<'_>) -> Result<(), Problem> {
        out.put::<Text<String>>("name", &self.name)?;
        out.put_optional::<Text<String>>("code", self.code.as_deref())?;
        out.put::<Text<i64>>("count", &1)?;
        out.put::<Text<u8>>("small", &1)?;
        out.put::<Text<f64>>("ratio", &0.5)
    }

    fn decode(from: &mut FieldReader) -> Result<Self, Problem> {
        Ok(Self {
            name: from.required::<Text<String>>(&["name"])?,
            code: from.optional::<Text<String>>(&["code"])?,
        })
    }
}

fn records<const P: usize>() {
    let mut probe = Probe::newer("hash", P);
    let fields = [
        Policy::after_millis(61_000),
        Policy::after_millis(62_500).keep(),
    ];
    probe.facts = Facts::new(POLICIES[P].1)
        .wide()
        .narrow("0 255")
        .float()
        .absent()
        .fields(fields, false, false);
    let key: Handle<Probed<Hash<Mixed>, P>> = probe.key();
    writes(&mut probe, key);
    lifetimes(&mut probe, key);
    probe.finish_fields("-fields");
}

fn writes<const P: usize>(probe: &mut Probe, key: Handle<Probed<Hash<Mixed>, P>>) {
    for code in [None, Some("c".to_owned())] {
        let record = Mixed {
            name: "n".to_owned(),
            code,
        };
        probe.prepare(&["DEL probed:1"]);
        probe.check("create", key.create(&record));
        probe.check("hset", key.hset(&record));
    }
    probe.check("hset_field", key.hset_field(Mixed::NAME, "m"));
    probe.check("hset_field", key.hset_field(Mixed::CODE, "m"));
    probe.check("hset_field", key.hset_field(Mixed::COUNT, &4));
    probe.check(
        "hset_fields",
        key.hset_fields(((Mixed::NAME, "m"), (Mixed::CODE, "o"), (Mixed::COUNT, &2))),
    );
    probe.check("hset_nx", key.hset_nx(Mixed::CODE, "m"));
    probe.check_case("hincr", When::Wide, key.hincr(Mixed::COUNT, 1));
    probe.check_case("hincr", When::Narrow, key.hincr(Mixed::SMALL, 1));
    probe.check("hincr_by_float", key.hincr_by_float(Mixed::RATIO, 0.5));
    let edits = Edits::new().set(Mixed::CODE, "x").incr(Mixed::COUNT, 1);
    probe.check("update", key.update(edits));
}

fn lifetimes<const P: usize>(probe: &mut Probe, key: Handle<Probed<Hash<Mixed>, P>>) {
    let (field, minute) = (Mixed::CODE, Duration::from_secs(60));
    probe.check("httl", key.httl(field));
    probe.check("hpttl", key.hpttl(field));
    probe.check("hexpire_time", key.hexpire_time(field));
    probe.check("hexpire", key.hexpire(field, minute));
    probe.check("hexpire", key.hexpire(field, Duration::ZERO));
    for option in [ExpireOption::IfLonger, ExpireOption::IfAny] {
        probe.check("hexpire_with", key.hexpire_with(field, minute, option));
    }
    for ahead in [1, 3600] {
        let at = SystemTime::now() + Duration::from_secs(ahead);
        probe.check("hexpire_at", key.hexpire_at(field, at));
    }
    probe.check("hpersist", key.hpersist(field));
    probe.check("hrefresh_ttl", key.hrefresh_ttl(field));
    probe.check("hget_ex", key.hget_ex(field));
    probe.check("hget_ex", key.hget_ex(Mixed::COUNT));
}

type Map<N> = HashMap<Text<String>, Text<N>>;

/// The lifetimes of a map's fields.
const FIELDS: [Lifetime; 3] = [
    FRESH,
    FRESH.keep(),
    Lifetime::after_millis(61_500).field_reads(),
];

/// A key of type `N` whose fields live as the number `F` says.
struct Fleeting<N, const F: usize>(std::marker::PhantomData<fn() -> N>);

impl<N, const F: usize> Clone for Fleeting<N, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N, const F: usize> Copy for Fleeting<N, F> {}

impl<N: 'static, const F: usize> rt::Key for Fleeting<N, F> {
    type Structure = Map<N>;
    type Schema = Schema;
    const SPEC: rt::Spec = rt::Spec::new(0, "p", "probed:1", &[rt::Segment::Literal("probed:1")])
        .lifetime(POLICIES[0].0)
        .field_lifetime(FIELDS[F]);

    fn write(&self, out: &mut rt::KeyBuf) {
        out.literal("probed:1");
    }

    fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
        key.literal("probed:1")?;
        Some(Self(std::marker::PhantomData))
    }
}

impl<N: 'static, const F: usize> rt::FieldsExpire for Fleeting<N, F> {}

fn handle<N: 'static, const F: usize>() -> Handle<Fleeting<N, F>> {
    Handle::new(Fleeting(std::marker::PhantomData))
}

fn map<const F: usize>(fields: Policy, reads: bool) {
    let mut probe = Probe::newer("hash_map", 0);
    let facts = Facts::new(POLICIES[0].1).fields([fields], true, reads);
    probe.facts = facts.clone().wide();
    let key = handle::<i64, F>();
    probe.check("hset", key.hset("a", &1));
    probe.check("hset_multiple", key.hset_multiple([("a", 1), ("b", 2)]));
    probe.check("hset_nx", key.hset_nx("c", &3));
    probe.check_case("hincr", When::Wide, key.hincr("a", 1));
    probe.check("hincr_bounded", key.hincr_bounded("a", 1, 0..=9));
    let minute = Duration::from_millis(60_500);
    probe.check("httl", key.httl("a"));
    probe.check("hpttl", key.hpttl("a"));
    probe.check("hexpire_time", key.hexpire_time("a"));
    probe.check("hexpire", key.hexpire("a", minute));
    probe.check("hexpire", key.hexpire("a", Duration::ZERO));
    for option in [ExpireOption::IfNone, ExpireOption::IfAny] {
        probe.check("hexpire_with", key.hexpire_with("a", minute, option));
    }
    for ahead in [1, 3600] {
        let at = SystemTime::now() + Duration::from_secs(ahead);
        probe.check("hexpire_at", key.hexpire_at("a", at));
    }
    probe.check("hpersist", key.hpersist("a"));
    probe.check("hrefresh_ttl", key.hrefresh_ttl("a"));
    probe.check("hget_ex", key.hget_ex("a"));

    probe.facts = facts.clone().narrow("0 255");
    let key = handle::<u8, F>();
    probe.check_case("hincr", When::Narrow, key.hincr("n", 1));
    probe.facts = facts.float();
    let key = handle::<f64, F>();
    probe.check("hincr_by_float", key.hincr_by_float("f", 0.5));
    probe.finish_fields(["-fields", "-fields-kept", "-fields-fast"][F]);
}
