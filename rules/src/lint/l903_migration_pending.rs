//! # L903 MIGRATION_PENDING
//!
//! An accepted break says which migration mends the data, and that migration is not written yet. It is a file in the
//! folder `migrations` beside the schema, called as the record says, with any ending or none: a script, a program's
//! source, a page of steps. Nothing here runs it. In the example below only `move_carts` is not there.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 4
//! params: { id: uuid }
//! keys:
//!   cart: { key: "carts:{id}", ttl: 1h, string: bytes }
//! accept:
//!   - { rule: B107, path: cart, owner: team-carts, reason: Moved, expires: 2999-01-31, migration: move_carts }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 4
//! params: { id: uuid }
//! keys:
//!   cart: { key: "carts:{id}", ttl: 1h, string: bytes }
//! accept:
//!   - { rule: B102, path: cart, owner: team-carts, reason: Renamed, expires: 2999-01-31, migration: rename_carts }
//! ```

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L903" "MIGRATION_PENDING",
    "an accepted break whose migration is not there",
    Standard,
    "l903_migration_pending.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for accepted in &subject.schema.accept {
        let named = accepted.migration.as_ref();
        let Some(name) = named.filter(|name| subject.given.absent.contains(name)) else {
            continue;
        };
        found
            .at(
                accepted.span,
                format!("the migration `{name}` is not there"),
            )
            .label("no such file beside the schema")
            .help(format!(
                "write what mends the data of `{}` into `migrations/{name}`, with any ending",
                accepted.path
            ));
    }
}
