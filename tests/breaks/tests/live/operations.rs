//! Transactions, servers, rights, labels and stamps: B408, B601 to B608 and B703.

use redis_schema::ErrorKind::{Denied, Incompatible};
use redis_schema::{Settings, VersionCheck};
use redis_schema_test_breaks::{b408, b601, b602, b603, b607, b703};
use uuid::Uuid;

use crate::stage::Stage;
use crate::table::{Entry, Told::*};

pub const STORIES: &[Entry] = &[
    ("B408", Live(atomic_group_no_split)),
    ("B601", Live(durability_same_class)),
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

/// Lets the server evict whatever it likes, and has it full.
fn evict(stage: &mut Stage<'_>) {
    stage.raw::<()>(&["CONFIG", "SET", "maxmemory-policy", "allkeys-random"]);
    stage.raw::<()>(&["CONFIG", "SET", "maxmemory", "1"]);
    let mut write = redis::cmd("SET");
    let refused = write.arg("any").arg("thing").exec(&mut stage.redis);
    assert!(refused.is_err(), "nothing is left to evict");
}

fn evict_no_more(stage: &mut Stage<'_>) {
    stage.raw::<()>(&["CONFIG", "SET", "maxmemory", "0"]);
    stage.raw::<()>(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]);
}

/// Whether a store's health check says that the server may evict what must stay.
fn is_told(stage: &Stage<'_>, store: &redis_schema::Store) -> bool {
    let health = stage.wait(store.health());
    let checks = health.nodes.iter().flat_map(|node| &node.checks);
    let mut reasons = checks.flat_map(|check| &check.reasons);
    reasons.any(|reason| reason.code == "memory.evicts")
}

fn durability_same_class(stage: &mut Stage<'_>) {
    use b601::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let old = stage.open(before::Store::builder());
    let new = stage.open(after::Store::builder());
    let twin = stage.open(compatible::Store::builder());
    stage.run(before::keys::cart(id).set(b"pen"));
    evict(stage);
    let seen = stage.run(after::keys::cart(id).get());
    assert_eq!(seen, None, "gone where the old version put it");
    assert!(is_told(stage, &new), "and its health says so");
    assert!(!is_told(stage, &old), "which nobody minded");
    assert!(!is_told(stage, &twin));
    evict_no_more(stage);
    no_longer_durable(stage);
}

fn no_longer_durable(stage: &mut Stage<'_>) {
    use b601::two::{after, before, compatible};
    let id = Uuid::new_v4();
    let old = stage.open(before::Store::builder());
    let new = stage.open(after::Store::builder());
    let twin = stage.open(compatible::Store::builder());
    stage.run(after::keys::cart(id).set(b"pen"));
    let seen = stage.run(before::keys::cart(id).get());
    assert_eq!(seen.as_deref(), Some(&b"pen"[..]));
    evict(stage);
    assert!(!is_told(stage, &new), "the new version lets it go");
    let seen = stage.run(before::keys::cart(id).get());
    assert_eq!(seen, None, "the old one relied on it");
    assert!(is_told(stage, &old));
    assert!(is_told(stage, &twin));
    evict_no_more(stage);
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
    use b602::one::{after, after_2, before, compatible};
    let _store = stage.open(before::Store::builder());
    let _store = stage.open(compatible::Store::builder());
    let opened = stage.wait(stage.opening(after::Store::builder()));
    let refused = opened.err().map(|error| error.kind());
    let is_old = version(stage) < (7, 4);
    assert_eq!(refused, is_old.then_some(Incompatible));
    // Who is told of a watched master looks for its sentinels where the one server was.
    let server = format!("127.0.0.1:{}", stage.server.port());
    let watched = after_2::Store::builder()
        .sentinel("main", [server])
        .settings(Settings::DECLARED);
    let opened = stage.wait(watched.open());
    assert_eq!(opened.err().map(|error| error.kind()), Some(Incompatible));
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
