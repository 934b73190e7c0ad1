//! # B703 MODULE_SAME_PATH
//!
//! The module of a schema is named after it, and so is the stamp that its version leaves in the database. Callers do
//! not compile, and the store takes the keyspace for one without a version. Keep the name.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at schema.name
//! edition: 1
//! schema: store
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
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B703" "MODULE_SAME_PATH",
        "the generated module has another name",
        Source,
        [Source],
        "b703_module_same_path.rs"
    ),
    claims: &["schema.name"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!("keep `schema: {}`", change.old);
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
