//! Keys under other names, and names under other keys: B101 to B105 and B110 to B114.

use std::time::{Duration, SystemTime};

use redis_schema::__generated_0_1::value::Date;
use redis_schema::{ErrorKind, Ttl, family};
use redis_schema_model::load::load_text;
use redis_schema_rules::facts::Facts;
use redis_schema_rules::matching::Names;
use redis_schema_test_breaks::{b101, b102, b103, b104, b105, b110, b111, b113, b114};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B101", Live(key_no_delete)),
    ("B102", Live(key_same_template)),
    ("B103", Live(key_param_same_set)),
    ("B104", Live(key_param_same_encoding)),
    ("B105", Live(key_param_no_widen_charset)),
    ("B110", Live(key_no_new_overlap)),
    ("B111", Live(key_no_reuse_tombstoned)),
    (
        "B112",
        Not("a tombstone is no data; what its absence lets happen is the story of B111"),
    ),
    ("B113", Live(key_alias_no_early_drop)),
    ("B114", Live(key_pattern_same_scope)),
];

/// Whether a tombstone of a schema names a key.
fn is_buried(yaml: &str, key: &str) -> bool {
    let facts = Facts::from(load_text(yaml).schema.as_ref().unwrap());
    let mut graves = facts.tombstones.values();
    graves.any(|it| Names::of(&it.template, &it.prefix, &facts).holds(key))
}

fn key_no_delete(stage: &mut Stage<'_>) {
    use b101::one::{after, after_2, before, compatible, compatible_2};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).set(b"pen"));
    stage.run(before::keys::order(id).set(b"paid"));
    let known: Vec<_> = family::<after::keys::Order>()
        .scan_on(&mut stage.redis)
        .map(|key| key.unwrap().id)
        .collect();
    assert_eq!(known, [id], "new code knows of its order alone");
    assert_eq!(stage.raw::<u64>(&["DBSIZE"]), 2, "and the cart is there");
    let left = stage.run(before::keys::cart(id).ttl());
    assert_eq!(left, Ttl::Persistent, "for ever");
    let cart = format!("cart:{id}");
    assert!(!is_buried(after::YAML, &cart), "nobody says so");
    assert!(!is_buried(after_2::YAML, &cart), "of others");
    assert!(is_buried(compatible::YAML, &cart), "the tombstone does");
    assert!(is_buried(compatible_2::YAML, &cart), "by any name");
}

fn key_same_template(stage: &mut Stage<'_>) {
    use b102::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).set(b"pen"));
    assert_eq!(stage.run(after::keys::cart(id).get()), None, "looks empty");
    stage.run(after::keys::cart(id).set(b"ink"));
    let seen = stage.run(before::keys::cart(id).get());
    assert_eq!(seen.unwrap(), b"pen", "each works on its own");
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen.unwrap(), b"pen");
    stage.run(compatible::keys::cart(id).set(b"cup"));
    assert_eq!(stage.run(before::keys::cart(id).get()).unwrap(), b"cup");
}

fn key_param_same_set(stage: &mut Stage<'_>) {
    use b103::one::{after, before, compatible};
    let (id, day) = (Uuid::new_v4(), Date::from_ordinal_date(2027, 31).unwrap());
    stage.run(before::keys::cart(id).set(b"pen"));
    assert_eq!(stage.run(after::keys::cart(id, day).get()), None);
    let all = family::<after::keys::Cart>().scan_on(&mut stage.redis);
    assert_eq!(all.count(), 0, "no day leads to it");
    stage.run(compatible::keys::cart_of_day(day, id).set(b"ink"));
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen.unwrap(), b"pen");
    assert_eq!(stage.run(before::keys::cart(id).get()).unwrap(), b"pen");
}

fn key_param_same_encoding(stage: &mut Stage<'_>) {
    use b104::one::{after, before, compatible};
    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    stage.run(before::keys::sample(moment.into()).set(b"3"));
    assert_eq!(stage.run(after::keys::sample(moment.into()).get()), None);
    stage.run(compatible::keys::sample_ms(moment.into()).set(b"4"));
    let seen = stage.run(compatible::keys::sample(moment.into()).get());
    assert_eq!(seen.unwrap(), b"3");
    numbers_get_narrower(stage);
}

fn numbers_get_narrower(stage: &mut Stage<'_>) {
    use b104::two::{after, before, compatible};
    let number = u64::from(u32::MAX) + 1;
    stage.run(before::keys::order(number).set(b"paid"));
    let all = family::<after::keys::Order>().scan_on(&mut stage.redis);
    assert_eq!(all.count(), 0, "no number leads to it");
    let seen = stage.run(compatible::keys::order(number.to_string()).get());
    assert_eq!(seen.unwrap(), b"paid");
    stage.run(compatible::keys::order("12").set(b"open"));
    assert_eq!(stage.run(before::keys::order(12).get()).unwrap(), b"open");
}

/// Somebody's carts as a script of an operator finds them.
fn carts_below(stage: &mut Stage<'_>, owner: &str) -> usize {
    let keys: Vec<String> = stage.raw(&["KEYS", &format!("cart:{owner}:*")]);
    keys.len()
}

fn key_param_no_widen_charset(stage: &mut Stage<'_>) {
    use b105::one::{after, before, compatible};
    stage.run(before::keys::cart("ann").set(b"pen"));
    stage.run(after::keys::cart("ann:bob").set(b"ink"));
    assert_eq!(carts_below(stage, "ann"), 1, "which is another's");
    let known = family::<before::keys::Cart<'_>>().scan_on(&mut stage.redis);
    assert_eq!(known.count(), 1, "old code passes over the other");
    stage.run(after::keys::cart("ann:bob").del());
    stage.run(compatible::keys::cart("ann:bob").set(b"ink"));
    assert_eq!(carts_below(stage, "ann"), 0);
    let seen = stage.run(compatible::keys::cart("ann").get());
    assert_eq!(seen.unwrap(), b"pen");
}

fn key_no_new_overlap(stage: &mut Stage<'_>) {
    use b110::one::{after, before, compatible};
    let id = Uuid::new_v4();
    // What somebody else writes has no accessors.
    let theirs = format!("cart:{id}");
    stage.raw::<()>(&["SET", &theirs, "two pens"]);
    let read = stage.fails(after::keys::basket(id).get());
    assert_eq!(read, ErrorKind::Corrupt);
    assert_eq!(stage.run(compatible::keys::basket(id).get()), None);
    stage.run(after::keys::basket(id).set(&vec![id]));
    let seen: String = stage.raw(&["GET", &theirs]);
    assert_ne!(seen, "two pens", "and theirs is lost");
    stage.run(before::keys::note(id).set(b"soon"));
    assert_eq!(
        stage.run(compatible::keys::note(id).get()).unwrap(),
        b"soon"
    );
    words_are_taken(stage);
}

fn words_are_taken(stage: &mut Stage<'_>) {
    use b110::two::{after, before, compatible};
    stage.run(before::keys::job("mail", "wait").set(b"job"));
    let seen = stage.run(after::keys::waiting("mail").get());
    assert_eq!(seen.unwrap(), b"job", "taken for what it is not");
    let named = stage.fails(after::keys::job("mail", "wait").get());
    assert_eq!(named, ErrorKind::Param);
    assert_eq!(stage.run(compatible::keys::waiting("mail").get()), None);
    let seen = stage.run(compatible::keys::job("mail", "wait").get());
    assert_eq!(seen.unwrap(), b"job");
}

fn key_no_reuse_tombstoned(stage: &mut Stage<'_>) {
    use b111::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let left = format!("cart:{id}");
    stage.raw::<()>(&["SET", &left, "two pens"]);
    assert!(is_buried(before::YAML, &left), "left by a version before");
    let read = stage.fails(after::keys::cart(id).get());
    assert_eq!(read, ErrorKind::Corrupt);
    assert_eq!(stage.run(compatible::keys::basket(id).get()), None);
}

fn key_alias_no_early_drop(stage: &mut Stage<'_>) {
    use b113::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.raw::<()>(&["HSET", &format!("cart:{id}"), "sum", "7"]);
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 7, "by its earlier name");
    assert_eq!(
        stage.run(after::keys::cart(id).hget(after::Cart::TOTAL)),
        None
    );
    let read = stage.fails(after::keys::cart(id).hgetall());
    assert_eq!(read, ErrorKind::Corrupt);
    let seen = stage.run(compatible::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().total, 7);
}

fn key_pattern_same_scope(stage: &mut Stage<'_>) {
    use b114::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let fill = |stage: &mut Stage<'_>| {
        stage.run(before::keys::cart(id).set(b"pen"));
        stage.run(before::keys::note(id).set(b"soon"));
        stage.run(before::keys::stamp(id).set(b"now"));
    };
    fill(stage);
    let store = stage.open(before::Store::builder());
    assert_eq!(stage.wait(store.of_one(id).invalidate()).unwrap(), 2);
    fill(stage);
    let store = stage.open(after::Store::builder());
    assert_eq!(stage.wait(store.of_one(id).invalidate()).unwrap(), 1);
    assert_eq!(
        stage.run(before::keys::stamp(id).get()),
        None,
        "which was safe"
    );
    let seen = stage.run(before::keys::cart(id).get());
    assert_eq!(seen.unwrap(), b"pen", "which should be gone");
    fill(stage);
    let store = stage.open(compatible::Store::builder());
    assert_eq!(stage.wait(store.of_one(id).invalidate()).unwrap(), 2);
    assert_eq!(stage.run(before::keys::stamp(id).get()).unwrap(), b"now");
}
