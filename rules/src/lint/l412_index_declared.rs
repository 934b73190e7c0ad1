//! # L412 INDEX_DECLARED
//!
//! A set of job ids is an index of jobs, but only the author knows. `ref: job.job_id` in place of `job_id` says so: the
//! reference draws the relation, and orphan checks and migrations follow it. Found are sets and sorted sets whose members are
//! a parameter that one key alone is named by. `check --fix` writes the reference.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid, user: u64 }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//!   carts: { key: "user:{user}:carts", ttl: 1h, set: id }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid, user: u64 }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 1h, string: bytes }
//!   carts: { key: "user:{user}:carts", ttl: 1h, set: { ref: cart.id } }
//! ```

use std::collections::HashMap;

use redis_schema_model::model::{Key, ParamId, Structure, Type};
use redis_schema_model::node::Node;

use super::{Found, Lint, Subject, lint};
use crate::fix::Fix;

pub(super) const LINT: Lint = lint!(
    "L412" "INDEX_DECLARED",
    "an index that does not say of what",
    Standard,
    "l412_index_declared.rs",
    Check(check),
    fix = Safe
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    // What one parameter alone names.
    let mut named: HashMap<ParamId, Vec<&Key>> = HashMap::new();
    for key in subject.own_keys() {
        if let [param] = key.template.params().as_slice() {
            named.entry(*param).or_default().push(key);
        }
    }
    for key in subject.own_keys() {
        let (value, node) = match &key.structure {
            Structure::Set(value) => (value, subject.key_field(key, "set")),
            Structure::ZSet { member, .. } => (
                member,
                subject
                    .key_field(key, "zset")
                    .and_then(|node| node.get("member")),
            ),
            _ => continue,
        };
        let Type::Param(param) = value.ty else {
            continue;
        };
        let others = named.get(&param).into_iter().flatten();
        let mut others = others.filter(|other| other.name != key.name);
        let (None, Some(node), Some(item), None) =
            (value.refers, node, others.next(), others.next())
        else {
            continue;
        };
        let reference = format!("{{ ref: {}.{} }}", item.name, subject.schema[param].name);
        found
            .at(node.span, message(key, item))
            .label("which key is this of?")
            .related(item.span, "named by it")
            .help(format!("write `{reference}` in its place"))
            .fix(short(node).then(|| Fix::replace(node.span, reference)));
    }
}

fn message(key: &Key, item: &Key) -> String {
    format!(
        "`{}` holds what names a `{}` and does not say so",
        key.name, item.name
    )
}

/// Whether the value is a bare name, which a reference can stand in for.
fn short(node: &Node) -> bool {
    node.text().is_some()
}
