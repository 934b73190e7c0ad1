//! Locks and semaphores, and the keys that locks declare beside themselves.

use std::time::Duration;

use redis_schema_model::diagnostic::Code;
use redis_schema_model::model::{HashTag, Lifetime, Structure, TtlRule};

use super::{key, one, refused, right, wrong};

fn lock(body: &str) -> String {
    format!("params: {{ id: uuid }}\nkeys:\n  k: {{ key: \"k:{{id}}\", {body} }}\n")
}

fn lease(lifetime: &Lifetime) -> Duration {
    match lifetime {
        Lifetime::Expires(expiry) => match expiry.rule {
            TtlRule::After(time) => time,
            TtlRule::EndOfDay => panic!("no lease"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_lock_says_how_it_is_held() {
    let schema = right(&lock(
        "lock: { lease: 10s, wait: 30s, renew: auto, max_hold: 10m }",
    ));
    let lock = key(&schema, "k");
    assert_eq!(lease(&lock.lifetime), Duration::from_secs(10));
    assert!(
        !lock.is_extendable(),
        "how long it is held is no lifetime to change"
    );
    let Structure::Lock { hold, fenced } = &lock.structure else {
        panic!("{:?}", lock.structure);
    };
    assert_eq!(hold.wait, Some(Duration::from_secs(30)));
    assert_eq!(hold.max_hold, Some(Duration::from_secs(600)));
    assert!(hold.renew && !fenced);
    assert_eq!(schema.keys.len(), 1);
}

#[test]
fn a_semaphore_says_how_many() {
    let schema = right(&lock("semaphore: { permits: 4, lease: 1m }"));
    let Structure::Semaphore { hold, permits } = &key(&schema, "k").structure else {
        panic!("no semaphore");
    };
    assert_eq!((*permits, hold.renew, hold.wait), (4, false, None));
}

#[test]
fn numbers_lie_beside_their_lock() {
    let body = "prefix: \"shop:\"\nparams: { id: uuid }\ntopology: cluster\nkeys:\n  \
                k: { key: \"k:{id}\", slot: id, was: old, lock: { lease: 10s, max_hold: 2d, fencing: true } }\n  \
                last: { key: \"last:{id}\", ttl: 1h, string: bytes }\n\
                groups: { all: { by: id } }\n";
    let schema = right(body);
    let (lock, fence) = (key(&schema, "k"), key(&schema, "k_fence"));
    assert_eq!(schema.keys.last(), Some(fence), "behind what is declared");
    let of = fence.implied_by().map(|id| &schema[id].name);
    assert_eq!(of, Some(&lock.name));
    assert_eq!(fence.template.text, "k:{id}:fence");
    assert_eq!(fence.prefix, lock.prefix);
    assert!(matches!(fence.template.hash_tag, HashTag::Param(_)));
    assert_eq!(fence.template.hash_tag, lock.template.hash_tag);
    assert_eq!(lease(&fence.lifetime), Duration::from_secs(4 * 86_400));
    assert_eq!(fence.was, ["old_fence"]);
    assert_eq!(
        schema.groups[0].members.len(),
        3,
        "found and deleted with it"
    );
}

#[test]
fn a_lease_is_the_only_lifetime() {
    let (code, place, _, help) = one(&lock("ttl: 30s, lock: { lease: 10s }"));
    assert_eq!((code, place.as_str()), (Code::E1201, "30s"));
    assert!(help.contains("`lease: 30s`"), "{help}");
    refused(
        &lock("ttl: { none: x }, semaphore: { permits: 1, lease: 10s }"),
        Code::E1201,
        "{ none: x }",
        "lease: 10s",
    );
}

#[test]
fn times_fit_each_other() {
    let auto = "lock: { lease: 10s, renew: auto }";
    refused(&lock(auto), Code::E1202, "auto", "max_hold: 10m");
    let never = "lock: { lease: 10s, renew: auto, max_hold: 10s }";
    refused(&lock(never), Code::E1203, "k", "renew: never");
    let short = "lock: { lease: 99ms }";
    refused(&lock(short), Code::E1203, "k", "100ms");
    let many = "semaphore: { permits: 0, lease: 10s }";
    assert_eq!(wrong(&lock(many))[0].0, Code::E0206);
}

#[test]
fn a_lock_fails_closed() {
    for way in ["absent", "load", "skip_write"] {
        let body = format!("on_unavailable: {way}, lock: {{ lease: 10s }}");
        refused(&lock(&body), Code::E1101, way, "is_unavailable");
    }
    right(&lock("on_unavailable: error, lock: { lease: 10s }"));
    let replica = "replica_ok: true, lock: { lease: 10s }";
    refused(&lock(replica), Code::E1203, "k", "primary");
    let unit = format!(
        "{}units: {{ both: {{ writes: [k] }} }}\n",
        lock("lock: {{ lease: 10s }}")
            .replace("{{", "{")
            .replace("}}", "}")
    );
    let found = wrong(&unit);
    assert!(!found.is_empty(), "a unit writes no lock");
}

#[test]
fn the_name_of_a_number_is_a_name_like_any_other() {
    // Of the generated code.
    let body = "params: { id: uuid }\nkeys:\n  \
                k: { key: \"k:{id}\", lock: { lease: 10s, fencing: true } }\n  \
                k_fence: { key: \"x:{id}\", ttl: 1h, string: bytes }\n";
    assert_eq!(wrong(body), [(Code::E0308, "true".to_owned())]);
    // Of a key on the server.
    let body = "params: { id: uuid }\nkeys:\n  \
                k: { key: \"k:{id}\", lock: { lease: 10s, fencing: true } }\n  \
                other: { key: \"k:{id}:fence\", ttl: 1h, string: bytes }\n";
    assert_eq!(wrong(body).len(), 1);
    assert!(matches!(wrong(body)[0].0, Code::E0701 | Code::E0702));
    // Where it would belong to the lock's own placeholder.
    let body = "params: { path: rest }\nkeys:\n  \
                k: { key: \"k:{path}\", lock: { lease: 10s, fencing: true } }\n";
    assert_eq!(wrong(body), [(Code::E0405, "true".to_owned())]);
    // In another slot.
    let body = "params: { id: uuid }\ntopology: cluster\nkeys:\n  \
                k: { key: \"k:{id}\", lock: { lease: 10s, fencing: true } }\n";
    refused(body, Code::E0805, "true", "slot: id");
}
