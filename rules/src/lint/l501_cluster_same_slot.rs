//! # L501 CLUSTER_SAME_SLOT
//!
//! A cluster runs a transaction on one node: all keys of a unit must lie in one slot. Under `topology: cluster` the checker
//! demands it (E0802); the set `cluster` tells beforehand, while the keyspace still lives on one server.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
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
//!   cart: { key: "cart:{id}", slot: id, ttl: 1h, string: bytes }
//!   items: { key: "cart:{id}:items", slot: id, ttl: 1h, list: slug }
//! units:
//!   create_cart: { writes: [cart, items] }
//! ```

use redis_schema_model::model::{HashTag, Key, Topology};

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L501" "CLUSTER_SAME_SLOT",
    "a unit that a cluster could not run",
    Cluster,
    "l501_cluster_same_slot.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    if subject.schema.topology == Topology::Cluster {
        return;
    }
    for unit in &subject.schema.units {
        let keys: Vec<&Key> = unit.writes.iter().map(|id| &subject.schema[*id]).collect();
        let [first, rest @ ..] = keys.as_slice() else {
            continue;
        };
        let tag = &first.template.hash_tag;
        let apart = rest
            .iter()
            .find(|key| *tag == HashTag::Whole || key.template.hash_tag != *tag);
        let Some(apart) = apart else {
            continue;
        };
        let shared = first
            .template
            .params()
            .into_iter()
            .find(|param| keys.iter().all(|key| key.template.params().contains(param)));
        let help = match shared {
            Some(param) => format!(
                "add `slot: {}` to every key of the unit",
                subject.schema[param].name
            ),
            None => {
                "give its keys one placeholder in common and name it by `slot:`, or split the unit"
                    .to_owned()
            }
        };
        found
            .at(
                unit.span,
                format!("`{}` writes keys of different slots", unit.name),
            )
            .label("a cluster runs a unit in one slot")
            .related(first.template.span, "one slot")
            .related(apart.template.span, "another")
            .help(help);
    }
}
