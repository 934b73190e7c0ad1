//! Bitmaps, estimates and places.

use redis_schema::bitmap::{BitField, Offset, Overflow, Width};
use redis_schema::codec::Text;
use redis_schema::geo::{Area, Center, Coordinates, Search, Unit};
use redis_schema::structure::{Bitmap, Geo, HyperLogLog};
use redis_schema_codegen::catalog::When;

use crate::probe::{Probe, every_policy};

#[test]
fn bitmaps_send_what_the_catalog_says() {
    every_policy!(bitmaps);
}

#[test]
fn estimates_send_what_the_catalog_says() {
    every_policy!(estimates);
}

#[test]
fn places_send_what_the_catalog_says() {
    every_policy!(places);
}

fn bitmaps<const P: usize>() {
    let mut probe = Probe::new("bitmap", P);
    let (key, other) = (probe.key::<Bitmap, P>(), probe.other::<Bitmap, P>());
    let (width, at) = (Width::Unsigned(8), Offset::Item(1));
    let reads = BitField::new().get(width, at).get(width, Offset::Bit(3));
    let writes = BitField::new()
        .overflow(Overflow::Saturate)
        .incr_by(width, at, 3);
    probe.check("setbit", |c| key.setbit(7, true).query(c));
    probe.check("getbit", |c| key.getbit(7).query(c));
    probe.check("bitcount", |c| key.bitcount().query(c));
    probe.check("bitcount_bytes", |c| key.bitcount_bytes(0, -1).query(c));
    probe.check("bitcount_bits", |c| key.bitcount_bits(0, -1).query(c));
    probe.check("bitpos", |c| key.bitpos(true).query(c));
    probe.check("bitpos_bytes", |c| key.bitpos_bytes(true, 0, -1).query(c));
    probe.check("bitpos_bits", |c| key.bitpos_bits(true, 0, -1).query(c));
    probe.check("bitfield", |c| key.bitfield(&writes).query(c));
    probe.check_case("bitfield", When::Reading, |c| key.bitfield(&reads).query(c));
    probe.check("bitop_and", |c| key.bitop_and(other).query(c));
    probe.check("bitop_or", |c| key.bitop_or([other, other]).query(c));
    probe.check("bitop_xor", |c| key.bitop_xor(other).query(c));
    probe.check("bitop_not", |c| key.bitop_not(&other).query(c));
    probe.finish();
}

fn estimates<const P: usize>() {
    type Structure = HyperLogLog<Text<String>>;
    let mut probe = Probe::new("hyperloglog", P);
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    probe.check("pfadd", |c| key.pfadd("a").query(c));
    probe.check("pfadd_many", |c| key.pfadd_many(["a", "b"]).query(c));
    probe.check("pfcount", |c| key.pfcount().query(c));
    probe.check("pfcount_with", |c| key.pfcount_with(other).query(c));
    probe.check("pfmerge", |c| key.pfmerge(other).query(c));
    probe.finish();
}

fn places<const P: usize>() {
    type Structure = Geo<Text<String>>;
    let mut probe = Probe::new("geo", P);
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    let here = Coordinates::new(13.4, 52.5);
    let near = Search::new(Center::Member("a"), Area::circle(2.0, Unit::Kilometers));
    let box_ = Area::rectangle(3.0, 4.0, Unit::Meters);
    let first = Search::new(Center::At(here), box_)
        .nearest_first()
        .count_any(3);
    probe.check("geo_add", |c| key.geo_add("a", here).query(c));
    probe.check("geo_add_many", |c| {
        key.geo_add_many([("a", here), ("b", here)]).query(c)
    });
    probe.check("geo_pos", |c| key.geo_pos("a").query(c));
    probe.check("geo_pos_many", |c| key.geo_pos_many(["a", "b"]).query(c));
    probe.check("geo_dist", |c| {
        key.geo_dist("a", "b", Unit::Meters).query(c)
    });
    probe.check("geo_hash", |c| key.geo_hash("a").query(c));
    probe.check("geo_hash_many", |c| key.geo_hash_many(["a", "b"]).query(c));
    probe.check("geo_count", |c| key.geo_count().query(c));
    probe.check("geo_members", |c| key.geo_members().query(c));
    for search in [&near, &first] {
        probe.check("geo_search", |c| key.geo_search(search).query(c));
        probe.check("geo_search_with", |c| key.geo_search_with(search).query(c));
    }
    probe.check("geo_search_store", |c| {
        key.geo_search_store(&other, &first).query(c)
    });
    probe.check("geo_rem", |c| key.geo_rem("x").query(c));
    probe.check("geo_rem_many", |c| key.geo_rem_many(["x", "y"]).query(c));
    probe.finish();
}
