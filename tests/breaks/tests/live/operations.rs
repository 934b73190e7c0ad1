//! Transactions, servers, rights, labels and stamps: B408, B602 to B608 and B703.

use redis_schema::ErrorKind::{Denied, Incompatible};
use redis_schema::VersionCheck;
use redis_schema_test_breaks::{b408, b602, b603, b607, b703};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B408", Live(atomic_group_no_split)),
    ("B602", Live(server_min_no_raise)),
    ("B603", Live(acl_surface_no_grow)),
    (
        "B604",
        Not("what somebody planned with; servers are not told"),
    ),
    ("B607", Live(metric_label_same)),
    ("B608", Not("whom people ask; servers are not told")),
    ("B703", Live(module_same_path)),
];

fn atomic_group_no_split(stage: &mut Stage<'_>) {
    use b408::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let (cart, note) = (&b"pen"[..], &b"soon"[..]);
    let seen = |stage: &mut Stage<'_>| {
        let cart = stage.run(before::keys::cart(id).get());
        (
            cart.is_some(),
            stage.run(before::keys::note(id).get()).is_some(),
        )
    };
    let new = stage.open(after::Store::builder());
    let unit = after::units::Begin { id, cart };
    stage.wait(new.begin(unit)).unwrap();
    assert_eq!(seen(stage), (true, false), "half of it");
    stage.wait(new.note(id).set(note)).unwrap();
    stage.raw::<()>(&["FLUSHALL"]);
    let twin = stage.open(compatible::Store::builder());
    let unit = compatible::units::Begin { id, cart, note };
    stage.wait(twin.begin(unit)).unwrap();
    assert_eq!(seen(stage), (true, true), "by one transaction");
    stage.raw::<()>(&["FLUSHALL"]);
    let old = stage.open(before::Store::builder());
    let unit = before::units::Begin { id, cart, note };
    stage.wait(old.begin(unit)).unwrap();
    assert_eq!(seen(stage), (true, true));
}

/// Major and minor version of the server.
fn version(stage: &mut Stage<'_>) -> (u32, u32) {
    let info: String = stage.raw(&["INFO", "server"]);
    let found = info
        .lines()
        .find_map(|line| line.strip_prefix("redis_version:"));
    let mut numbers = found.unwrap().split('.').map(|part| part.parse().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

fn server_min_no_raise(stage: &mut Stage<'_>) {
    use b602::one::{after, before, compatible};
    let _store = stage.open(before::Store::builder());
    let _store = stage.open(compatible::Store::builder());
    let opened = stage.wait(stage.opening(after::Store::builder()));
    let refused = opened.err().map(|error| error.kind());
    let is_old = version(stage) < (7, 4);
    assert_eq!(refused, is_old.then_some(Incompatible));
}

fn acl_surface_no_grow(stage: &mut Stage<'_>) {
    use b603::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.raw::<()>(&[
        "ACL",
        "SETUSER",
        "shop",
        "reset",
        "on",
        ">secret",
        "~*",
        "+@string",
        "+@connection",
        "+multi",
        "+exec",
    ]);
    stage.raw::<()>(&["AUTH", "shop", "secret"]);
    stage.run(before::keys::cart(id).set(b"pen"));
    let refused = stage.fails(after::keys::note(id).sadd(&id));
    assert_eq!(refused, Denied);
    stage.run(compatible::keys::note(id).set("soon"));
    let seen = stage.run(compatible::keys::note(id).get());
    assert_eq!(seen.as_deref(), Some("soon"));
}

fn metric_label_same(stage: &mut Stage<'_>) {
    use b607::one::{after, before, compatible};
    let id = Uuid::new_v4();
    stage.raw::<()>(&["LPUSH", &format!("cart:{id}"), "pen"]);
    let label = |error: redis_schema::Error| error.template();
    let redis = &mut stage.redis;
    let old = label(before::keys::cart(id).get().query(redis).unwrap_err());
    let new = label(after::keys::cart(id).get().query(redis).unwrap_err());
    let twin = label(compatible::keys::cart(id).get().query(redis).unwrap_err());
    assert_eq!((old, new), ("cart:{id}", "cart:{cart_id}"));
    assert_eq!(old, twin);
}

fn module_same_path(stage: &mut Stage<'_>) {
    use b703::one::{after, before, compatible};
    let stamped = before::Store::builder().check_version(VersionCheck::Stamp);
    let _store = stage.open(stamped);
    let opened = stage.wait(stage.opening(compatible::Store::builder()));
    assert_eq!(opened.unwrap_err().kind(), Incompatible, "of version 1");
    let opened = stage.wait(stage.opening(after::Store::builder()));
    assert!(opened.is_ok(), "taken for a keyspace without a version");
}
