//! # L604 ATOMIC_GROUP_DECLARED
//!
//! A thing and its entry in an index belong together: written one after the other, a crash in between leaves a thing that
//! nobody finds, or an entry of nothing. An index (`ref`) and the key it names, if they live in one database, are written by
//! a unit.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid, user: u64 }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//!   carts: { key: "user:{user}:carts", ttl: 1h, set: { ref: cart.id } }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid, user: u64 }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: json<any> }
//!   carts: { key: "user:{user}:carts", ttl: 1h, set: { ref: cart.id } }
//! units:
//!   create_cart: { writes: [cart, carts] }
//! ```

use std::collections::HashMap;

use redis_schema_model::model::{KeyId, Structure};

use super::{Found, Lint, Subject, lint, walk};

pub(super) const LINT: Lint = lint!(
    "L604" "ATOMIC_GROUP_DECLARED",
    "an index that is written apart from what it names",
    Strict,
    "l604_atomic_group_declared.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let units = &subject.schema.units;
    let mut written: HashMap<KeyId, Vec<usize>> = HashMap::new();
    for (at, unit) in units.iter().enumerate() {
        for key in &unit.writes {
            written.entry(*key).or_default().push(at);
        }
    }
    for (id, key) in KeyId::each(subject.schema) {
        for value in walk::values(&key.structure) {
            let Some((item_id, _)) = value.refers else {
                continue;
            };
            let item = &subject.schema[item_id];
            let together = written
                .get(&id)
                .is_some_and(|own| own.iter().any(|at| units[*at].writes.contains(&item_id)));
            let external = matches!(item.structure, Structure::External(_));
            if together || external || item.database != key.database || item_id == id {
                continue;
            }
            found
                .at(
                    key.span,
                    format!("`{}` and `{}` are written apart", item.name, key.name),
                )
                .label("an index")
                .related(item.span, "what it names")
                .help(format!(
                    "add a unit: `create_{}: {{ writes: [{}, {}] }}`",
                    item.name, item.name, key.name
                ));
        }
    }
}
