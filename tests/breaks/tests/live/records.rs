//! What fields mean, and their bounds: B215 to B220 and B606.

use redis_schema::ErrorKind::{Corrupt, OutOfRange};
use redis_schema_test_breaks::{b215, b216, b217, b218, b220, b606};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B215", Live(unit_same)),
    ("B216", Live(default_same)),
    ("B217", Live(constraint_no_tighten)),
    ("B218", Live(constraint_no_loosen)),
    ("B220", Live(touch_same)),
    ("B606", Live(classification_no_downgrade)),
];

fn unit_same(stage: &mut Stage<'_>) {
    use b215::one::{after, before, compatible};
    use redis_schema::__generated_0_1::value::{TimestampMs, TimestampS};
    let (id, seconds) = (Uuid::new_v4(), TimestampS::new(1_800_000_000));
    let moment = seconds.to_system_time().unwrap();
    stage.run(before::keys::job(id).hset(&before::Job::new(seconds)));
    let seen = stage.run(after::keys::job(id).hgetall()).unwrap();
    let seen = seen.updated_at.to_system_time().unwrap();
    let early = moment.duration_since(seen).unwrap();
    assert!(early.as_secs() > 50 * 365 * 86_400, "decades too early");
    let seen = stage.run(compatible::keys::job(id).hgetall());
    assert_eq!(seen.unwrap().updated_at, seconds);
    let new = after::Job::new(TimestampMs::from(moment));
    stage.run(after::keys::job(id).hset(&new));
    let seen = stage.run(before::keys::job(id).hgetall()).unwrap();
    assert_eq!(
        seen.updated_at.get(),
        seconds.get() * 1000,
        "and far too late"
    );
    stage.run(compatible::keys::job(id).hset(&compatible::Job::new(seconds)));
    let seen = stage.run(before::keys::job(id).hgetall());
    assert_eq!(seen.unwrap().updated_at, seconds);
}

fn default_same(stage: &mut Stage<'_>) {
    use b216::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset_field(before::Cart::TOTAL, &7));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().tries, 3);
    let seen = stage.run(after::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().tries, 5, "the same data, another number");
    let seen = stage.run(after_2::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().tries, None, "or none");
    let seen = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    assert_eq!((seen.tries, seen.more), (3, 5));
    stage.run(compatible::keys::cart(id).hset(&seen));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().tries, 3);
}

fn constraint_no_tighten(stage: &mut Stage<'_>) {
    use b217::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset(&before::Cart::new(0)));
    assert_eq!(stage.fails(after::keys::cart(id).hgetall()), Corrupt);
    let mut seen = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    seen.note = Some("none yet".to_owned());
    stage.run(compatible::keys::cart(id).hset(&seen));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().percent, 0);
    let percent = after::Cart::PERCENT;
    let added = stage.fails(after::keys::cart(id).hincr(percent, 0));
    assert_eq!(added, OutOfRange, "nor added to");
    texts_get_shorter(stage);
}

fn texts_get_shorter(stage: &mut Stage<'_>) {
    use b217::two::{after, before, compatible};
    let (id, text) = (Uuid::new_v4(), "x".repeat(80));
    stage.run(before::keys::cart(id).set(&text));
    assert_eq!(stage.fails(after::keys::cart(id).get()), Corrupt);
    let seen = stage.run(compatible::keys::cart(id).get());
    assert_eq!(seen.as_deref(), Some(&*text));
    stage.run(compatible::keys::cart(id).set(&text));
    assert_eq!(stage.run(before::keys::cart(id).get()), Some(text));
}

fn constraint_no_loosen(stage: &mut Stage<'_>) {
    use b218::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).hset(&before::Cart::new(100)));
    let seen = stage.run(after::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().percent, 100, "what is stored is read");
    stage.run(after::keys::cart(id).hset(&after::Cart::new(150)));
    assert_eq!(stage.fails(before::keys::cart(id).hgetall()), Corrupt);
    let mut cart = compatible::Cart::new(50);
    cart.permille = Some(500);
    stage.run(compatible::keys::cart(id).hset(&cart));
    let seen = stage.run(before::keys::cart(id).hgetall());
    assert_eq!(seen.unwrap().percent, 50);
}

fn touch_same(stage: &mut Stage<'_>) {
    use b220::one::{after, before, compatible};
    let (id, total) = (Uuid::new_v4(), before::Cart::TOTAL);
    stage.run(before::keys::cart(id).hset(&before::Cart::new(7)));
    let at = format!("cart:{id}");
    // A day long past, so that a new time is another one.
    let long_past = |stage: &mut Stage<'_>| stage.raw::<()>(&["HSET", &at, "at", "1000"]);
    let when = |stage: &mut Stage<'_>| {
        let cart = stage.run(before::keys::cart(id).hgetall());
        cart.unwrap().at.get()
    };
    long_past(stage);
    stage.run(before::keys::cart(id).hset_field(total, &8));
    assert_ne!(when(stage), 1000, "set by every write");
    long_past(stage);
    stage.run(after::keys::cart(id).hset_field(after::Cart::TOTAL, &9));
    assert_eq!(when(stage), 1000, "a change that it does not tell of");
    stage.run(compatible::keys::cart(id).hset_field(compatible::Cart::TOTAL, &9));
    assert_ne!(when(stage), 1000);
}

fn classification_no_downgrade(stage: &mut Stage<'_>) {
    use b606::one::{after, before, compatible};
    let (id, token) = (Uuid::new_v4(), "hunter2");
    stage.run(before::keys::cart(id).hset(&before::Cart::new(token)));
    let seen = stage.run(before::keys::cart(id).hgetall()).unwrap();
    assert!(!format!("{seen:?}").contains(token));
    let seen = stage.run(after::keys::cart(id).hgetall()).unwrap();
    assert!(format!("{seen:?}").contains(token), "for every log to keep");
    let mut seen = stage.run(compatible::keys::cart(id).hgetall()).unwrap();
    seen.note = Some(token.into());
    assert!(!format!("{seen:?}").contains(token));
}
