//! # L901 TOMBSTONE_FOR_REMOVED
//!
//! A key that goes from the schema stays on the server: until it expires, or for ever. A tombstone keeps its name, so that no
//! new key takes it over and reads what the old one left. Keys of the newest released version (`redis-schema release`) that
//! are gone have one; a key that was renamed says so by `was:`. Of keys that never expire `check` speaks as B101, because they
//! need a migration as well. Without a released version the rule has nothing to go by.
//!
//! ```yaml released
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//!   visits: { key: visits, ttl: 7d, string: json<any> }
//! ```
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//! tombstones:
//!   visits: { key: visits, removed_in: 2 }
//! ```

use super::{Found, Gone, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L901" "TOMBSTONE_FOR_REMOVED",
    "a released key that went without a trace",
    Standard,
    "l901_tombstone_for_removed.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let Some(released) = subject.given.released else {
        return;
    };
    for Gone { name, lookalike } in subject.gone() {
        let Some(key) = released.keys.get(name) else {
            continue;
        };
        // What looks renamed and what never expires are other rules'.
        let stays = key.lifetime.longest_ms().is_none();
        if stays || lookalike.is_some() {
            continue;
        }
        found
            .at(
                subject.tombstone_place(),
                format!("`{name}` was released and is gone"),
            )
            .label("no tombstone keeps the names of its keys")
            .help(format!(
                "write `tombstones: {{ {name}: {{ key: \"{}\", removed_in: {} }} }}`",
                key.template.text, subject.schema.version
            ));
    }
}
