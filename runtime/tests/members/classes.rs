//! Which commands over several keys may be sent again when their reply is lost.

use redis_schema::RetryClass::{Idempotent, Read, Unsafe};
use redis_schema::bitmap::{BitField, Offset, Width};
use redis_schema::zset::Combine;

use crate::schema::{bits, set, zset};

#[test]
fn what_is_made_of_other_keys_is_made_again() {
    let key = set::Refresh::of(1);
    let others = (set::Refresh::of(2), set::Keep::of(1));
    assert_eq!(key.sunionstore(others).retry_class(), Idempotent);
    assert_eq!(
        key.sunionstore((others.0, key)).retry_class(),
        Unsafe,
        "the key is a source of itself"
    );
    let sums = zset::Refresh::of(1);
    let twice = sums.zunionstore([sums, zset::Refresh::of(2)], &Combine::new());
    assert_eq!(twice.retry_class(), Unsafe);
    let flipped = bits::Refresh::of(1).bitop_not(&bits::Refresh::of(1));
    assert_eq!(flipped.retry_class(), Unsafe);
}

#[test]
fn a_read_of_several_keys_changes_something_where_one_renews_its_lifetime() {
    let key = set::Refresh::of(1);
    assert_eq!(key.sinter(set::Refresh::of(2)).retry_class(), Read);
    assert_eq!(key.sinter(set::OnRead::of(2)).retry_class(), Idempotent);
    assert_eq!(set::OnRead::of(2).sinter(key).retry_class(), Idempotent);
}

#[test]
fn steps_on_bits_are_as_safe_as_the_worst() {
    let class = |fields: &BitField| bits::Refresh::of(1).bitfield(fields).retry_class();
    let (byte, at) = (Width::Unsigned(8), Offset::Item(0));
    assert_eq!(class(&BitField::new().get(byte, at)), Read);
    assert_eq!(class(&BitField::new().set(byte, at, 1)), Unsafe);
    assert_eq!(class(&BitField::new().incr_by(byte, at, 1)), Unsafe);
}
