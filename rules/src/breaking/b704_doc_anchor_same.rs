//! # B704 DOC_ANCHOR_SAME
//!
//! Every database has a page of the reference, named after it, on which its keys have their headings. When the database
//! is gone or renamed, links to that page from elsewhere lead nowhere. Leave a page behind that says where it went.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! databases: { main: { index: 0 } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at databases.main
//! edition: 1
//! schema: shop
//! version: 2
//! databases: { carts: { index: 0 } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! databases: { main: { index: 0, about: Carts } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B704" "DOC_ANCHOR_SAME",
        "a page of the reference has another address",
        Source,
        [Source],
        "b704_doc_anchor_same.rs"
    ),
    claims: &["database.removed"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let name = change.path.trim_start_matches("databases.");
    let fix = format!("look for links to `databases/{name}.md`");
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
