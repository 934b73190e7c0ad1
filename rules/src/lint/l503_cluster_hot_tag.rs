//! # L503 CLUSTER_HOT_TAG
//!
//! Text in braces decides the slot alone. `{{jobs}}:{job_id}` puts every job into one slot, on one node, whatever the size of
//! the cluster. Braces belong around the placeholder that keys must be together by.
//!
//! ```yaml wrong
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "{{cart}}:{id}", ttl: 1h, string: bytes }
//! ```
//!
//! ```yaml right
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", slot: id, ttl: 1h, string: bytes }
//! ```

use redis_schema_model::model::HashTag;

use super::{Found, Lint, Subject, lint};

pub(super) const LINT: Lint = lint!(
    "L503" "CLUSTER_HOT_TAG",
    "a constant slot for any number of keys",
    Cluster,
    "l503_cluster_hot_tag.rs",
    Check(check)
);

fn check(subject: &Subject<'_>, found: &mut Found<'_>) {
    for key in subject.own_keys() {
        let params = key.template.params();
        let (HashTag::Literal(tag), Some(param)) = (&key.template.hash_tag, params.first()) else {
            continue;
        };
        found
            .at(
                key.template.span,
                format!("every key of `{}` lies in the slot of `{tag}`", key.name),
            )
            .label("one node for all of them")
            .help(format!(
                "remove the braces and write `slot: {}`",
                subject.schema[*param].name
            ));
    }
}
