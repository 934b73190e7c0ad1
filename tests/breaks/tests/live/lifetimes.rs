//! Lifetimes of keys: B501 to B505.

use std::time::{Duration, SystemTime};

use redis_schema::{Expiry, Schema, Settings, Ttl};
use redis_schema_test_breaks::{b501, b502, b503, b504, b505};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
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
    let Expiry::At(end) = stage.run(before::keys::cart(id).expire_time()) else {
        panic!("it has an end");
    };
    let end = end.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(end.as_secs() % (24 * HOUR), 0, "the end of a day");
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
