//! # B608 OWNER_NO_REMOVE
//!
//! The owner of the schema or of a key is gone. When the key grows, breaks or leaks, nobody is asked. Name the new one.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! owner: shop team
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at schema.owner
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! owner: cart team
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B608" "OWNER_NO_REMOVE",
        "nobody answers for it any more",
        Ops,
        [Operations],
        "b608_owner_no_remove.rs"
    ),
    claims: &["schema.owner", "key.owner"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.new != "none" {
        return Verdict::Harmless;
    }
    let fix = format!("say `owner:` again, or who took over from {}", change.old);
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
