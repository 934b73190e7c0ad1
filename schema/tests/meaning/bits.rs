//! Names of single bits.

use redis_schema_model::diagnostic::Code;

use super::{keyed, refused, right, structured};

#[test]
fn bits_stand_in_order_of_their_offsets() {
    let schema = right(&structured("bitmap: { bits: { late: 9, soon: 3 } }"));
    let bits = schema.keys[0].bits.iter();
    let bits: Vec<_> = bits.map(|bit| (bit.name.as_str(), bit.offset)).collect();
    assert_eq!(bits, [("soon", 3), ("late", 9)]);
    assert!(right(&structured("bitmap: {}")).keys[0].bits.is_empty());
}

#[test]
fn each_has_a_place_and_a_name_of_its_own() {
    refused(
        &structured("bitmap: { bits: { soon: 3, late: 3 } }"),
        Code::E0616,
        "late",
        "an offset of its own",
    );
    refused(
        &structured("bitmap: { bits: { a_1: 3, a1: 4 } }"),
        Code::E0308,
        "a1",
        "another name",
    );
    let other = "  k_bit: { key: other, ttl: 1h, string: bytes }\n";
    let clash = keyed("    ttl: 1h\n    bitmap: { bits: { soon: 3 } }\n") + other;
    refused(&clash, Code::E0308, "{ soon: 3 }", "another name");
    right(&(structured("bitmap: {}") + other));
}
