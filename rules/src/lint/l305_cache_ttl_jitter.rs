//! # L305 CACHE_TTL_JITTER
//!
//! A cache is often filled in one go: after a start, a deployment, a change of prices. If every entry lives exactly as long,
//! they all go in the same second, and whoever makes them again is asked for all of them at once. `jitter:` spreads the end.
//! Found are keys with `cache:` or `durability: cache`, their database's included, that end after a fixed time or at midnight; not those
//! whose life begins anew with every read, nor templates of a single key.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   page: { key: "page:{id}", ttl: 10m, durability: cache, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   page: { key: "page:{id}", ttl: { default: 10m, jitter: 10% }, durability: cache, string: bytes }
//! ```

use redis_schema_model::model::{Durability, Expiry, Key, Lifetime, Structure, TtlRule};

use super::words::duration;
use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L305" "CACHE_TTL_JITTER",
    "a cache whose entries all live equally long",
    Strict,
    "l305_cache_ttl_jitter.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let Some(expiry) = goes_at_once(key) else {
            continue;
        };
        let label = match expiry.rule {
            TtlRule::After(_) => "what is filled together goes together",
            TtlRule::EndOfDay => "all of it goes at midnight",
        };
        found
            .at(
                subject.key_place(key, "ttl"),
                format!("every `{}` lives equally long", key.name),
            )
            .label(label)
            .help(format!("write `ttl: {}`", spread(expiry)));
    }
}

/// How long the entries of a cache live, if they may all go in the same moment.
fn goes_at_once(key: &Key) -> Option<&Expiry> {
    let Lifetime::Expires(expiry) = &key.lifetime else {
        return None;
    };
    let is_cache = match key.structure {
        Structure::Cache(_) => true,
        // It is kept alive by what is stored under it.
        Structure::CacheTag => false,
        _ => key.durability == Some(Durability::Cache),
    };
    let is_fixed = expiry.jitter_permille == 0 && !expiry.refresh_on_read;
    let several = !key.template.params().is_empty();
    (is_cache && is_fixed && several).then_some(expiry)
}

/// The lifetime with jitter, as it is written.
fn spread(expiry: &Expiry) -> String {
    let lives = match expiry.rule {
        TtlRule::After(lives) => duration(lives),
        TtlRule::EndOfDay => "24h".to_owned(),
    };
    format!("{{ default: {lives}, jitter: 10% }}")
}
