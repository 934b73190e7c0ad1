//! Values as a whole: B201 to B205.

use redis_schema::ErrorKind::{Corrupt, WrongType};
use redis_schema_test_breaks::{b201, b202, b203, b204, b205};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B201", Live(struct_same_type)),
    ("B202", Live(value_same_codec)),
    ("B203", Live(value_same_envelope)),
    ("B204", Live(value_type_no_narrow)),
    ("B205", Live(value_type_no_widen)),
];

fn struct_same_type(stage: &mut Stage<'_>) {
    use b201::one::{after, before, compatible};
    let (old, new, item) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
    stage.run(before::keys::cart(old).sadd(&item));
    assert_eq!(stage.fails(after::keys::cart(old).all()), WrongType);
    assert_eq!(stage.fails(after::keys::cart(old).rpush(&item)), WrongType);
    stage.run(after::keys::cart(new).rpush(&item));
    assert_eq!(stage.fails(before::keys::cart(new).smembers()), WrongType);
    stage.run(compatible::keys::lines(old).rpush(&item));
    let seen = stage.run(compatible::keys::cart(old).smembers());
    assert_eq!(seen, [item]);
    stage.run(compatible::keys::line(old).rpush(&item));
    assert_eq!(stage.run(before::keys::line(old).all()), [item]);
    counters_are_strings(stage);
}

fn counters_are_strings(stage: &mut Stage<'_>) {
    use b201::two::{after, before, compatible};
    let (id, much) = (Uuid::new_v4(), i64::from(u32::MAX) + 1);
    stage.run(before::keys::cart(id).set(&much));
    assert_eq!(stage.fails(after::keys::cart(id).get()), Corrupt);
    assert_eq!(stage.run(compatible::keys::cart(id).incr()), much + 1);
    assert_eq!(stage.run(before::keys::cart(id).get()), Some(much + 1));
}

fn value_same_codec(stage: &mut Stage<'_>) {
    use b202::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).set(&before::Item::new("pen")));
    assert_eq!(stage.fails(after::keys::cart(id).get()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen.unwrap().name, "pen");
    stage.run(after::keys::cart(id).set(&after::Item::new("ink")));
    assert_eq!(stage.fails(before::keys::cart(id).get()), Corrupt);
    stage.run(compatible::keys::cart(id).set(&compatible::Item::new("cup")));
    assert_eq!(stage.run(before::keys::cart(id).get()).unwrap().name, "cup");
    numbers_in_other_formats(stage);
}

fn numbers_in_other_formats(stage: &mut Stage<'_>) {
    use b202::two::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).set(&7));
    let seen = stage.run(after::keys::cart(id).get());
    assert_eq!(seen, Some(55), "its digit, taken for a number");
    assert_eq!(stage.run(compatible::keys::cart(id).get()), Some(7));
    stage.run(after::keys::cart(id).set(&7));
    assert_eq!(stage.fails(before::keys::cart(id).get()), Corrupt);
    stage.run(compatible::keys::cart(id).set(&7));
    assert_eq!(stage.run(before::keys::cart(id).get()), Some(7));
}

fn value_same_envelope(stage: &mut Stage<'_>) {
    use b203::one::{after, before, compatible};
    let (id, page) = (Uuid::new_v4(), vec![b'x'; 5000]);
    stage.run(before::keys::cart(id).set(&page));
    let seen = stage.run(after::keys::cart(id).get()).unwrap();
    assert!(seen.len() < page.len(), "what was packed, as it is packed");
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen.unwrap(), page);
    stage.run(compatible::keys::cart(id).set(&page));
    assert_eq!(stage.run(before::keys::cart(id).get()).unwrap(), page);
    packed_from_now_on(stage);
}

fn packed_from_now_on(stage: &mut Stage<'_>) {
    use b203::two::{after, before, compatible};
    let (id, page) = (Uuid::new_v4(), "x".repeat(5000));
    stage.run(before::keys::cart(id).set(&page));
    let seen = stage.run(after::keys::cart(id).get());
    assert_eq!(seen.as_ref(), Some(&page), "what is plain is read");
    stage.run(after::keys::cart(id).set(&page));
    assert_eq!(stage.fails(before::keys::cart(id).get()), Corrupt);
    stage.run(compatible::keys::page(id).set(&page));
    stage.run(compatible::keys::cart(id).set(&page));
    assert_eq!(stage.run(before::keys::cart(id).get()), Some(page));
}

fn value_type_no_narrow(stage: &mut Stage<'_>) {
    use b204::one::{after, before, compatible};
    let (id, much) = (Uuid::new_v4(), i64::from(i32::MAX) + 1);
    stage.run(before::keys::cart(id).hset(&before::Cart::new(much)));
    assert_eq!(stage.fails(after::keys::cart(id).hgetall()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, much);
    let mut cart = compatible::Cart::new(much);
    cart.count = Some(1);
    stage.run(compatible::keys::cart(id).hset(&cart));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, much);
    counters_get_narrower(stage);
}

fn counters_get_narrower(stage: &mut Stage<'_>) {
    use b204::two::{after, before, compatible};
    let id = Uuid::new_v4();
    assert_eq!(stage.run(before::keys::cart(id).decr()), -1);
    assert_eq!(stage.fails(after::keys::cart(id).get()), Corrupt);
    assert_eq!(stage.run(compatible::keys::cart(id).incr()), 0);
}

fn value_type_no_widen(stage: &mut Stage<'_>) {
    use b205::one::{after, before, compatible};
    let (id, much) = (Uuid::new_v4(), i64::from(i32::MAX) + 1);
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7)));
    let seen = stage.run(after::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 7, "what is stored is read");
    stage.run(after::keys::cart(id).hset(&after::Cart::new(much)));
    assert_eq!(stage.fails(before::keys::cart(id).hgetall()), Corrupt);
    let mut cart = compatible::Cart::new(7);
    cart.grand_total = Some(much);
    stage.run(compatible::keys::cart(id).hset(&cart));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 7);
}
