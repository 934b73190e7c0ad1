//! # L306 LOCK_TTL_VS_WORK
//!
//! Nobody renews the lease, and it is shorter than the work takes at most, which is what `max_hold:` says: the lock is lost while its holder
//! still works, and somebody else works beside it. Let the guard renew it, or make the lease as long as the work.
//!
//! A lease is never shorter than twice the time after which it is renewed: guards renew it when a third of it is over. Without `max_hold:`
//! nothing says how long the work takes.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { order: uuid }
//! keys:
//!   packing: { key: "packing:{order}", lock: { lease: 30s, max_hold: 10m } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { order: uuid }
//! keys:
//!   packing: { key: "packing:{order}", lock: { lease: 30s, renew: auto, max_hold: 10m } }
//! ```

use std::time::Duration;

use redis_schema_model::model::{Key, Lifetime, Structure, TtlRule};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L306" "LOCK_TTL_VS_WORK",
    "a lock that is lost before its work is done",
    Standard,
    "l306_lock_ttl_vs_work.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let (field, hold) = match &key.structure {
            Structure::Lock { hold, .. } => ("lock", hold),
            Structure::Semaphore { hold, .. } => ("semaphore", hold),
            _ => continue,
        };
        let (Some(lease), Some(most)) = (lease(key), hold.max_hold) else {
            continue;
        };
        if hold.renew || lease >= most {
            continue;
        }
        let written = subject.key_field(key, field);
        let place = written.and_then(|node| node.get("lease"));
        found
            .at(
                place.map_or(key.span, |node| node.span),
                format!("the lease of `{}` ends before its work may", key.name),
            )
            .label("shorter than `max_hold:`, and renewed by nobody")
            .help("write `renew: auto`, or make the lease as long as `max_hold:`");
    }
}

fn lease(key: &Key) -> Option<Duration> {
    match &key.lifetime {
        Lifetime::Expires(expiry) => match expiry.rule {
            TtlRule::After(lease) => Some(lease),
            TtlRule::EndOfDay => None,
        },
        _ => None,
    }
}
