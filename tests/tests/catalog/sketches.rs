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
    probe.check("setbit", key.setbit(7, true));
    probe.check("getbit", key.getbit(7));
    probe.check("bitcount", key.bitcount());
    probe.check("bitcount_bytes", key.bitcount_bytes(0, -1));
    probe.check("bitcount_bits", key.bitcount_bits(0, -1));
    probe.check("bitpos", key.bitpos(true));
    probe.check("bitpos_bytes", key.bitpos_bytes(true, 0, -1));
    probe.check("bitpos_bits", key.bitpos_bits(true, 0, -1));
    probe.check("bitfield", key.bitfield(&writes));
    probe.check_case("bitfield", When::Reading, key.bitfield(&reads));
    probe.check("bitop_and", key.bitop_and(other));
    probe.check("bitop_or", key.bitop_or([other, other]));
    probe.check("bitop_xor", key.bitop_xor(other));
    probe.check("bitop_not", key.bitop_not(&other));
    probe.check_class("bitop_and", key.bitop_and(key));
    probe.check_class("bitop_or", key.bitop_or(key));
    probe.check_class("bitop_xor", key.bitop_xor(key));
    probe.check_class("bitop_not", key.bitop_not(&key));
    probe.finish();
}

fn estimates<const P: usize>() {
    type Structure = HyperLogLog<Text<String>>;
    let mut probe = Probe::new("hyperloglog", P);
    let (key, other) = (probe.key::<Structure, P>(), probe.other::<Structure, P>());
    probe.check("pfadd", key.pfadd("a"));
    probe.check("pfadd_many", key.pfadd_many(["a", "b"]));
    probe.check("pfcount", key.pfcount());
    probe.check("pfcount_with", key.pfcount_with(other));
    probe.check("pfmerge", key.pfmerge(other));
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
    probe.check("geo_add", key.geo_add("a", here));
    probe.check("geo_add_many", key.geo_add_many([("a", here), ("b", here)]));
    probe.check("geo_pos", key.geo_pos("a"));
    probe.check("geo_pos_many", key.geo_pos_many(["a", "b"]));
    probe.check("geo_dist", key.geo_dist("a", "b", Unit::Meters));
    probe.check("geo_hash", key.geo_hash("a"));
    probe.check("geo_hash_many", key.geo_hash_many(["a", "b"]));
    probe.check("geo_count", key.geo_count());
    probe.check("geo_members", key.geo_members());
    for search in [&near, &first] {
        probe.check("geo_search", key.geo_search(search));
        probe.check("geo_search_with", key.geo_search_with(search));
    }
    probe.check("geo_search_store", key.geo_search_store(&other, &first));
    probe.check_class("geo_search_store", key.geo_search_store(&key, &first));
    probe.check("geo_rem", key.geo_rem("x"));
    probe.check("geo_rem_many", key.geo_rem_many(["x", "y"]));
    probe.finish();
}
