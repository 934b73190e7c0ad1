//! # B603 ACL_SURFACE_NO_GROW
//!
//! A key has a structure that no key of the version before had. Its commands belong to another category of the server's
//! access rules; a user that was given only what the schema needed is refused with `NOPERM`. Give the user the category
//! first. A new template of a structure that is in use asks for nothing new as long as rules name a common prefix.
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
//! # found at note
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, set: uuid }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//!   note: { key: "note:{id}", ttl: 24h, string: string }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Sides, Verdict, breaking};

use crate::facts::{Facts, Structure};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B603" "ACL_SURFACE_NO_GROW",
        "commands are needed that no key needed before",
        Ops,
        [Operations],
        "b603_acl_surface_no_grow.rs"
    ),
    claims: &["key.added", "key.structure.kind"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let Sides::Key {
        old,
        new: Some(new),
    } = change.sides
    else {
        return Verdict::NotMine;
    };
    let needed = category(&new.structure);
    if needed.is_empty() || uses(comparison.old, needed) {
        // Of a key that holds something else from now on, another rule tells the rest.
        return if old.is_none() {
            Verdict::Harmless
        } else {
            Verdict::NotMine
        };
    }
    let fix = format!("allow `+@{needed}` to the program's user before the new version is out");
    Break::new(Deploy::Any, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}

fn uses(facts: &Facts, needed: &str) -> bool {
    facts
        .keys
        .values()
        .any(|key| category(&key.structure) == needed)
}

/// The category of the server's access rules that a structure's commands are in.
fn category(structure: &Structure) -> &'static str {
    match structure {
        Structure::String { .. }
        | Structure::Counter { .. }
        | Structure::Cache { .. }
        | Structure::CacheTag => "string",
        Structure::Hash { .. } | Structure::HashMap { .. } => "hash",
        Structure::List { .. } => "list",
        Structure::Set { .. } => "set",
        Structure::Zset { .. } => "sortedset",
        Structure::Geo { .. } => "geo",
        Structure::Stream { .. } => "stream",
        Structure::Bitmap => "bitmap",
        Structure::HyperLogLog { .. } => "hyperloglog",
        Structure::JsonDocument { .. } => "json",
        Structure::RateLimit { algorithm, .. } if algorithm == "sliding_log" => "sortedset",
        Structure::RateLimit { .. } => "hash",
        // What they send are scripts.
        Structure::Lock { .. }
        | Structure::Semaphore { .. }
        | Structure::Queue { .. }
        | Structure::QueueTasks { .. }
        | Structure::Progress { .. }
        | Structure::Session { .. } => "scripting",
        Structure::SessionIndex { .. } => "sortedset",
        Structure::ProgressEvents { .. } => "stream",
        Structure::Fence { .. } => "string",
        Structure::External { .. } => "",
    }
}
