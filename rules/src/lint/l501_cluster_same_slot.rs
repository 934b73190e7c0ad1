//! # L501 CLUSTER_SAME_SLOT
//!
//! A cluster runs a transaction on one node: all keys of a unit must lie in one slot, and so must a stream and the one that takes what
//! its groups give up. Under `topology: cluster` the checker demands it (E0802, E0804); the set `cluster` tells beforehand, while
//! the keyspace still lives on one server.
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

use redis_schema_model::model::{HashTag, Key, Schema, Structure, Topology};
use redis_schema_model::source::Span;

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L501" "CLUSTER_SAME_SLOT",
    "a unit that a cluster could not run",
    Cluster,
    "l501_cluster_same_slot.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    let schema = subject.schema;
    if schema.topology == Topology::Cluster {
        return;
    }
    for unit in &schema.units {
        let keys: Vec<&Key> = unit.writes.iter().map(|id| &schema[*id]).collect();
        let told = Told {
            span: unit.span,
            message: format!("`{}` writes keys of different slots", unit.name),
            label: "a cluster runs a unit in one slot",
            of: "every key of the unit",
            or: "split the unit",
        };
        told.judge(schema, &keys, found);
    }
    for key in subject.own_keys() {
        let Structure::Stream { groups, .. } = &key.structure else {
            continue;
        };
        for gives_up in groups.iter().filter_map(|group| group.gives_up.as_ref()) {
            let dead = &schema[gives_up.dead_letter];
            let told = Told {
                span: gives_up.span,
                message: format!("`{}` lies in another slot than `{}`", dead.name, key.name),
                label: "a cluster moves an entry within one slot",
                of: "both streams",
                or: "move such entries yourself",
            };
            told.judge(schema, &[key, dead], found);
        }
    }
}

/// How to speak of keys that lie apart.
struct Told {
    span: Span,
    message: String,
    label: &'static str,
    of: &'static str,
    or: &'static str,
}

impl Told {
    fn judge(self, schema: &Schema, keys: &[&Key], found: &mut Found<'_>) {
        let [first, rest @ ..] = keys else { return };
        let tag = &first.template.hash_tag;
        let apart = rest
            .iter()
            .find(|key| *tag == HashTag::Whole || key.template.hash_tag != *tag);
        let Some(apart) = apart else { return };
        let shared = first
            .template
            .params()
            .into_iter()
            .find(|param| keys.iter().all(|key| key.template.params().contains(param)));
        let help = match shared {
            Some(param) => format!("add `slot: {}` to {}", schema[param].name, self.of),
            None => format!(
                "give its keys one placeholder in common and name it by `slot:`, or {}",
                self.or
            ),
        };
        found
            .at(self.span, self.message)
            .label(self.label)
            .related(first.template.span, "one slot")
            .related(apart.template.span, "another")
            .help(help);
    }
}
