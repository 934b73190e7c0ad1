//! # B602 SERVER_MIN_NO_RAISE
//!
//! The schema asks for a newer server, another one, or servers that are arranged otherwise. A program that is rolled
//! out to the old ones refuses to open its store, or meets commands that they do not know. Replace the servers first.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! server: { min: "7.0" }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at schema.server_min
//! edition: 1
//! schema: shop
//! version: 2
//! server: { min: "7.4" }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at schema.topology
//! edition: 1
//! schema: shop
//! version: 2
//! server: { min: "7.0" }
//! topology: sentinel
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! server: { min: "6.2" }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B602" "SERVER_MIN_NO_RAISE",
        "another server is needed",
        Ops,
        [Operations],
        "b602_server_min_no_raise.rs"
    ),
    claims: &["schema.server_min", "schema.flavour", "schema.topology"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.what == "schema.server_min" && version(&change.new) <= version(&change.old) {
        return Verdict::Harmless;
    }
    let fix = match change.what.as_str() {
        "schema.server_min" => format!(
            "bring every server to {} before the new version is out",
            change.new
        ),
        "schema.flavour" => format!("see that every server is {}", change.new),
        _ => format!(
            "set up `{}` and move the data before the new version is out",
            change.new
        ),
    };
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}

/// The numbers of a version such as `7.0`.
fn version(text: &str) -> Vec<u32> {
    text.split('.')
        .filter_map(|part| part.parse().ok())
        .collect()
}
