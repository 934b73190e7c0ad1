//! # L303 TTL_RANGE
//!
//! A lifetime far outside the usual is mostly a wrong unit. `policy: lint: ttl:` says what is usual here; without it a
//! lifetime of more than a year and a day is found, because what lives that long is meant to stay and should say so by
//! `ttl: { none: … }`.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! policy: { lint: { ttl: 1m..30d } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 7s, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! policy: { lint: { ttl: 1m..30d } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 7d, string: bytes }
//! ```

use redis_schema_model::model::{Lifetime, TtlRule};

use super::words::duration;
use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L303" "TTL_RANGE",
    "a lifetime outside the range of the policy",
    Standard,
    "l303_ttl_range.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let (shortest, longest) = subject.settings.ttl;
    for key in subject.own_keys() {
        let Lifetime::Expires(expiry) = &key.lifetime else {
            continue;
        };
        let TtlRule::After(lives) = expiry.rule else {
            continue;
        };
        if (shortest..=longest).contains(&lives) {
            continue;
        }
        let (than, limit) = if lives < shortest {
            ("shorter", shortest)
        } else {
            ("longer", longest)
        };
        found
            .at(
                subject.key_place(key, "ttl"),
                format!("`{}` lives {}", key.name, duration(lives)),
            )
            .label(format!("{than} than {}", duration(limit)))
            .help(format!(
                "write a lifetime of {}..{}, `ttl: {{ none: the reason }}`, or another `ttl:` under `policy: lint:`",
                duration(shortest),
                duration(longest)
            ));
    }
}
