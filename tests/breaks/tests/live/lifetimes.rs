//! Lifetimes of keys: B409, B501 to B505.

use std::time::{Duration, SystemTime};

use redis_schema::{Expiry, Schema, Settings, Ttl};
use redis_schema_test_breaks::{b409, b501, b502, b503, b504, b505};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B409", Live(counter_same_reset)),
    ("B501", Live(ttl_no_add)),
    ("B502", Live(ttl_no_remove)),
    ("B503", Live(ttl_no_shrink)),
    ("B504", Live(ttl_no_grow)),
    ("B505", Live(ttl_same_policy)),
];

const HOUR: u64 = 3600;

/// Hours that are left, the one that has begun included; none for a key that stays.
fn hours(left: Ttl) -> Option<u64> {
    left.remaining().map(|left| left.as_secs().div_ceil(HOUR))
}

/// Seconds of its window that a counter of sixty has left after thirty, and a command.
macro_rules! window_after {
    ($stage:ident, $command:expr) => {{
        use b409::one::before;
        let id = Uuid::new_v4();
        assert_eq!($stage.run(before::keys::calls(id).incr()), 1);
        $stage.raw::<()>(&["EXPIRE", &format!("calls:{id}"), "30"]);
        let command = $command;
        $stage.run(command(id));
        let left = $stage.run(before::keys::calls(id).ttl());
        left.remaining().unwrap().as_secs()
    }};
}

fn counter_same_reset(stage: &mut Stage<'_>) {
    use b409::one::{after, after_2, after_3, after_4, before, compatible};
    let ends_in_time = 0..=30;
    let left = window_after!(stage, |id| before::keys::calls(id).incr());
    assert!(ends_in_time.contains(&left), "whatever is counted");
    let left = window_after!(stage, |id| compatible::keys::calls(id).incr());
    assert!(ends_in_time.contains(&left));
    let left = window_after!(stage, |id| after::keys::calls(id).incr());
    assert!(left > 30, "each count lengthens the old program's window");
    let left = window_after!(stage, |id| after_4::keys::calls(id).get());
    assert!(left > 30, "and so does each look");
    let id = Uuid::new_v4();
    assert_eq!(stage.run(after_2::keys::calls(id).incr()), 1);
    assert_eq!(stage.run(before::keys::calls(id).incr()), 2);
    let left = stage.run(before::keys::calls(id).ttl());
    assert_eq!(hours(left), Some(1), "sixty a minute are now sixty an hour");
    let id = Uuid::new_v4();
    assert_eq!(stage.run(after_3::keys::calls(id).incr()), 1);
    let left = stage.run(before::keys::calls(id).expire_time());
    assert_eq!(seconds(left) % (24 * HOUR), 0, "midnight is the end");
    totals_end(stage);
}

fn totals_end(stage: &mut Stage<'_>) {
    use b409::two::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::sold(id).incr_by(41));
    assert_eq!(stage.run(compatible::keys::sold(id).incr()), 42);
    let left = stage.run(before::keys::sold(id).ttl());
    assert_eq!(left, Ttl::Persistent);
    assert_eq!(stage.run(after::keys::sold(id).incr()), 43);
    let left = stage.run(before::keys::sold(id).ttl());
    assert_eq!(hours(left), Some(30 * 24), "the total has an end");
    stage.raw::<()>(&["PEXPIRE", &format!("sold:{id}"), "0"]);
    let seen = stage.run(before::keys::sold(id).incr());
    assert_eq!(seen, 1, "after which old programs begin at nothing");
}

fn ttl_no_add(stage: &mut Stage<'_>) {
    use b501::one::{after, before, compatible};
    let (id, idle) = (Uuid::new_v4(), Uuid::new_v4());
    stage.run(before::keys::cart(id).set(b"pen"));
    stage.run(before::keys::cart(idle).set(b"pen"));
    stage.run(compatible::keys::cart(id).set(b"ink"));
    let left = stage.run(before::keys::cart(id).ttl());
    assert_eq!(left, Ttl::Persistent);
    stage.run(after::keys::cart(id).set(b"cup"));
    let left = stage.run(before::keys::cart(id).ttl());
    assert_eq!(hours(left), Some(30 * 24), "what is used goes");
    let left = stage.run(after::keys::cart(idle).ttl());
    assert_eq!(left, Ttl::Persistent, "before what is not");
}

fn ttl_no_remove(stage: &mut Stage<'_>) {
    use b502::one::{after, before, compatible};
    let (id, idle) = (Uuid::new_v4(), Uuid::new_v4());
    stage.run(before::keys::job(id).set(b"mail"));
    stage.run(before::keys::job(idle).set(b"mail"));
    stage.run(compatible::keys::job(id).set(b"sort"));
    assert_eq!(hours(stage.run(before::keys::job(id).ttl())), Some(24));
    stage.run(after::keys::job(id).set(b"send"));
    let left = stage.run(before::keys::job(id).ttl());
    assert_eq!(left, Ttl::Persistent, "for ever");
    let left = stage.run(after::keys::job(idle).ttl());
    assert_eq!(hours(left), Some(24), "as it was written");
}

fn ttl_no_shrink(stage: &mut Stage<'_>) {
    use b503::one::{after, before, compatible};
    let (id, idle) = (Uuid::new_v4(), Uuid::new_v4());
    stage.run(before::keys::cart(id).set(b"pen"));
    stage.run(before::keys::cart(idle).set(b"pen"));
    stage.run(compatible::keys::cart(id).set(b"ink"));
    assert_eq!(hours(stage.run(before::keys::cart(id).ttl())), Some(24));
    stage.run(after::keys::cart(id).set(b"cup"));
    assert_eq!(hours(stage.run(before::keys::cart(id).ttl())), Some(1));
    let left = stage.run(after::keys::cart(idle).ttl());
    assert_eq!(hours(left), Some(24), "some live long, some do not");
}

fn ttl_no_grow(stage: &mut Stage<'_>) {
    use b504::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.run(before::keys::cart(id).set(b"pen"));
    assert_eq!(hours(stage.run(before::keys::cart(id).ttl())), Some(1));
    stage.run(after::keys::cart(id).set(b"ink"));
    assert_eq!(hours(stage.run(before::keys::cart(id).ttl())), Some(24));
    stage.run(compatible::keys::cart(id).set(b"cup"));
    assert_eq!(hours(stage.run(before::keys::cart(id).ttl())), Some(2));
}

/// Seconds that a key has left once it had a minute and a command was run.
macro_rules! left_after {
    ($stage:ident, $id:ident, $command:expr) => {{
        $stage.run(b505::one::before::keys::cart($id).set(b"pen"));
        $stage.raw::<()>(&["EXPIRE", &format!("cart:{}", $id), "60"]);
        $stage.run($command);
        let left = $stage.run(b505::one::before::keys::cart($id).ttl());
        left.remaining().unwrap().as_secs()
    }};
}

fn ttl_same_policy(stage: &mut Stage<'_>) {
    use b505::one::{after, after_2, before, compatible};
    let id = Uuid::new_v4();
    let renewed = |left: u64| left > 60;
    assert!(renewed(left_after!(
        stage,
        id,
        before::keys::cart(id).set(b"ink")
    )));
    assert!(!renewed(left_after!(
        stage,
        id,
        after::keys::cart(id).set(b"ink")
    )));
    assert!(!renewed(left_after!(
        stage,
        id,
        before::keys::cart(id).get()
    )));
    assert!(renewed(left_after!(
        stage,
        id,
        after_2::keys::cart(id).get()
    )));
    let set = compatible::keys::cart(id).set(b"ink");
    assert!(renewed(left_after!(stage, id, set)));
    assert!(!renewed(left_after!(
        stage,
        id,
        compatible::keys::cart(id).get()
    )));
    other_ends(stage);
    other_variables(stage);
}

fn other_ends(stage: &mut Stage<'_>) {
    use b505::one::{after_3, after_4, before};
    let id = Uuid::new_v4();
    let spread = (0..50).any(|_| {
        stage.run(after_3::keys::cart(id).set(b"pen"));
        let left = stage
            .run(before::keys::cart(id).pttl())
            .remaining()
            .unwrap();
        left < Duration::from_secs(HOUR - 60) || left > Duration::from_secs(HOUR)
    });
    assert!(spread, "jitter lets keys go at another time");
    stage.run(after_4::keys::cart(id).set(b"pen"));
    let end = stage.run(before::keys::cart(id).expire_time());
    assert_eq!(seconds(end) % (24 * HOUR), 0, "the end of a day");
}

/// The moment of an end, in seconds since 1970.
#[track_caller]
fn seconds(end: Expiry) -> u64 {
    let Expiry::At(end) = end else {
        panic!("it has an end");
    };
    end.duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

/// What an installation has set for the old version.
fn installed<S: Schema>() -> Settings {
    Settings::from_lookup::<S>(|name| (name == "CART_TTL").then(|| "10h".into())).unwrap()
}

fn other_variables(stage: &mut Stage<'_>) {
    use b505::two::{after, before, compatible};
    let (id, url) = (Uuid::new_v4(), stage.server.url(stage.protocol, 0));
    stage.wait(async {
        let old = before::Store::connect_with(&url, installed::<before::Schema>());
        let old = old.await.unwrap();
        old.cart(id).set(b"pen").await.unwrap();
        assert_eq!(hours(old.cart(id).ttl().await.unwrap()), Some(10));
        let new = after::Store::connect_with(&url, installed::<after::Schema>());
        new.await.unwrap().cart(id).set(b"pen").await.unwrap();
        assert_eq!(hours(old.cart(id).ttl().await.unwrap()), Some(1));
        let twin = compatible::Store::connect_with(&url, installed::<compatible::Schema>());
        twin.await.unwrap().cart(id).set(b"pen").await.unwrap();
        assert_eq!(hours(old.cart(id).ttl().await.unwrap()), Some(10));
    });
}
