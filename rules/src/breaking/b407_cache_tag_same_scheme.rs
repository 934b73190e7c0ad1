//! # B407 CACHE_TAG_SAME_SCHEME
//!
//! The tags of a cache changed. What one version stores, the other one takes for missing, because it has not the tags that it would
//! give it. So nothing is read that should not be, but old processes do not hear of what new ones invalidate by a tag that only these have,
//! and both load again and again what the other has stored, until no old process runs. Invalidate by the old tags too meanwhile: what
//! matters is that old processes forget it.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid, seller: uuid }
//! keys:
//!   product: { key: "product:{id}", ttl: 1h, cache: { value: string, tags: [of_seller] } }
//!   of_seller: { key: "products:of:{seller}", ttl: 2h, cache_tag: {} }
//!   of_shop: { key: "products", ttl: 2h, cache_tag: {} }
//! ```
//!
//! ```yaml after
//! # found at product
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, seller: uuid }
//! keys:
//!   product: { key: "product:{id}", ttl: 1h, cache: { value: string, tags: [of_shop] } }
//!   of_seller: { key: "products:of:{seller}", ttl: 2h, cache_tag: {} }
//!   of_shop: { key: "products", ttl: 2h, cache_tag: {} }
//! ```
//!
//! ```yaml after
//! # found at product
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, seller: uuid }
//! keys:
//!   product: { key: "product:{id}", ttl: 1h, cache: { value: string, tags: [of_shop, of_seller] } }
//!   of_seller: { key: "products:of:{seller}", ttl: 2h, cache_tag: {} }
//!   of_shop: { key: "products", ttl: 2h, cache_tag: {} }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid, seller: uuid }
//! keys:
//!   product: { key: "product:{id}", ttl: 1h, cache: { value: string, stale: 1m, negative: 10s, tags: [by_seller] } }
//!   by_seller: { was: of_seller, key: "products:of:{seller}", ttl: 2h, cache_tag: {} }
//!   of_shop: { key: "products", ttl: 2h, cache_tag: {} }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B407" "CACHE_TAG_SAME_SCHEME",
        "entries are forgotten by other tags",
        Rolling,
        [OldProcesses],
        "b407_cache_tag_same_scheme.rs"
    ),
    claims: &["key.structure.tags"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!(
        "invalidate by the old tags ({}) too until no old process runs",
        change.old
    );
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(change.horizon())
        .verdict()
}
