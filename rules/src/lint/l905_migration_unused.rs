//! # L905 MIGRATION_UNUSED
//!
//! A migration lies in the folder `migrations` beside the schema, and no accepted break names it: neither of this version nor of
//! a released one. Either the record lacks its `migration:`, and whoever rolls the version out does not learn what to run;
//! or the break was taken back, and the file would mend what is not broken. Only asked of schemas that name migrations at all,
//! here or in a released version: else the folder may be somebody else's. What other schemas in the same folder name is
//! theirs.
//!
//! ```yaml wrong
//! # migrations/move_baskets.sh lies beside it.
//! edition: 1
//! schema: shop
//! version: 4
//! params: { id: uuid }
//! keys:
//!   cart: { key: "carts:{id}", ttl: 1h, string: bytes }
//! accept:
//!   - { rule: B107, path: cart, owner: team-carts, reason: Moved, expires: 2999-01-31, migration: rename_carts }
//! ```
//!
//! ```yaml right
//! # migrations/rename_carts.sh lies beside it.
//! edition: 1
//! schema: shop
//! version: 4
//! params: { id: uuid }
//! keys:
//!   cart: { key: "carts:{id}", ttl: 1h, string: bytes }
//! accept:
//!   - { rule: B107, path: cart, owner: team-carts, reason: Moved, expires: 2999-01-31, migration: rename_carts }
//! ```

use redis_schema_model::source::{FileId, Span};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L905" "MIGRATION_UNUSED",
    "a migration that no accepted break names",
    Standard,
    "l905_migration_unused.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let root = subject.documents.first();
    let name = root.and_then(|root| root.node.get("schema"));
    let place = name.map_or(Span::new(FileId(0), 0, 0), |name| name.span);
    for file in subject.given.unnamed {
        let stem = file.split('.').next().unwrap_or(file);
        found
            .at(
                place,
                format!("no accepted break names the migration `migrations/{file}`"),
            )
            .label("neither now nor in a released version")
            .help(format!(
                "write `migration: {stem}` into the record under `accept:` that it is for, or remove the file"
            ));
    }
}
