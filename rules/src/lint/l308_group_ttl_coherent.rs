//! # L308 GROUP_TTL_COHERENT
//!
//! Keys that are written together describe one thing. If one of them expires before the others, readers see half of it. The
//! keys of a unit that carry the same placeholders have the same lifetime, and an index (`ref`) lives at least as long as the
//! keys it names: one that goes first leaves them unfindable. That it may live longer is what orphan checks are for.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   items: { key: "cart:{id}:items", ttl: 1h, list: slug }
//! units:
//!   create_cart: { writes: [cart, items] }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   items: { key: "cart:{id}:items", ttl: 24h, list: slug }
//! units:
//!   create_cart: { writes: [cart, items] }
//! ```

use std::time::Duration;

use redis_schema_model::model::{Key, Lifetime, TtlRule};

use super::words::duration;
use super::{Found, Lint, Subject, lint, walk};

pub(super) const LINT: Lint = lint!(
    "L308" "GROUP_TTL_COHERENT",
    "keys of one thing that expire apart",
    Standard,
    "l308_group_ttl_coherent.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    units(subject, found);
    indexes(subject, found);
}

fn units(subject: &Subject<'_>, found: &mut Found<'_>) {
    for unit in &subject.schema.units {
        let keys: Vec<&Key> = unit.writes.iter().map(|id| &subject.schema[*id]).collect();
        for (at, key) in keys.iter().enumerate() {
            let params = key.template.params();
            let first = keys[..at]
                .iter()
                .find(|other| other.template.params() == params);
            let Some(first) = first.filter(|first| lives(first) != lives(key)) else {
                continue;
            };
            found
                .at(
                    subject.key_place(key, "ttl"),
                    format!(
                        "`{}` and `{}` are written together and expire apart",
                        first.name, key.name
                    ),
                )
                .label(shown(key))
                .related(subject.key_place(first, "ttl"), shown(first))
                .related(unit.span, "written together here")
                .help("give both the same lifetime");
        }
    }
}

fn indexes(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        for value in walk::values(&key.structure) {
            let Some((id, _)) = value.refers else {
                continue;
            };
            let item = &subject.schema[id];
            if is_shorter(key, item) {
                found
                    .at(
                        subject.key_place(key, "ttl"),
                        format!(
                            "`{}` expires before the keys of `{}` that it names",
                            key.name, item.name
                        ),
                    )
                    .label(shown(key))
                    .related(subject.key_place(item, "ttl"), shown(item))
                    .help("let the index live at least as long as what it names");
            }
        }
    }
}

/// The lifetime where it is a fixed time; `None` for keys that stay, `Some(None)` for what cannot be compared.
fn lives(key: &Key) -> Option<Option<Duration>> {
    match &key.lifetime {
        Lifetime::Expires(expiry) => Some(match expiry.rule {
            TtlRule::After(time) => Some(time),
            TtlRule::EndOfDay => None,
        }),
        _ => None,
    }
}

fn is_shorter(index: &Key, item: &Key) -> bool {
    match (lives(index), lives(item)) {
        (Some(Some(index)), Some(Some(item))) => index < item,
        (Some(Some(_)), None) => matches!(item.lifetime, Lifetime::None { .. }),
        _ => false,
    }
}

fn shown(key: &Key) -> String {
    match lives(key) {
        Some(Some(time)) => format!("lives {}", duration(time)),
        Some(None) => "lives until the end of the day".to_owned(),
        None => "stays".to_owned(),
    }
}
