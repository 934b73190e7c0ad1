//! # L502 CLUSTER_DB_ZERO
//!
//! A cluster has the database 0 and no other. Under `topology: cluster` the checker demands it (E0801); the set `cluster`
//! tells beforehand. Keys that lived in another database get a prefix of their own instead.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! databases: { carts: 1 }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! databases: { carts: 0 }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//! ```

use redis_schema_model::model::Topology;

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L502" "CLUSTER_DB_ZERO",
    "a database that a cluster would not have",
    Cluster,
    "l502_cluster_db_zero.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    if subject.schema.topology == Topology::Cluster {
        return;
    }
    let own = subject
        .schema
        .databases
        .iter()
        .filter(|db| db.external.is_none());
    for database in own.filter(|db| db.index != 0) {
        if let Some(span) = database.span {
            found
                .at(
                    span,
                    format!("`{}` is database {}", database.name, database.index),
                )
                .label("a cluster has only 0")
                .help("give its keys a `prefix:` of their own and let them live in database 0");
        }
    }
}
