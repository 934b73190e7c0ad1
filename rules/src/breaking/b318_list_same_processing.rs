//! # B318 LIST_SAME_PROCESSING
//!
//! What old programs were working on when they failed lies in the list that the old version names. New programs look elsewhere, or
//! nowhere, and never give it back. Recover the old list once more when no old program runs.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   line: { key: "line:{id}", ttl: 24h, list: { of: slug, order: fifo, processing: busy } }
//!   busy: { key: "busy:{id}", ttl: 24h, list: slug }
//!   running: { key: "running:{id}", ttl: 24h, list: slug }
//! ```
//!
//! ```yaml after
//! # found at line
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   line: { key: "line:{id}", ttl: 24h, list: { of: slug, order: fifo, processing: running } }
//!   busy: { key: "busy:{id}", ttl: 24h, list: slug }
//!   running: { key: "running:{id}", ttl: 24h, list: slug }
//! ```
//!
//! ```yaml after
//! # found at line
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   line: { key: "line:{id}", ttl: 24h, list: { of: slug, order: fifo } }
//!   busy: { key: "busy:{id}", ttl: 24h, list: slug }
//!   running: { key: "running:{id}", ttl: 24h, list: slug }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   line: { key: "line:{id}", ttl: 24h, list: { of: slug, order: fifo, processing: worked_on } }
//!   worked_on: { was: busy, key: "busy:{id}", ttl: 24h, list: slug }
//!   running: { key: "running:{id}", ttl: 24h, list: slug }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use crate::facts::{Key, Structure};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B318" "LIST_SAME_PROCESSING",
        "values are worked on in another list, or in none",
        Rolling,
        [OldProcesses, Data],
        "b318_list_same_processing.rs"
    ),
    claims: &["key.structure.processing"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some(before) = change.key().and_then(|(old, _)| processing(old)) else {
        // What was lost with who took it is kept now.
        return Verdict::Harmless;
    };
    let fix = format!("recover `{before}` once more when no old program runs");
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(change.horizon())
        .verdict()
}

fn processing(key: &Key) -> Option<&str> {
    match &key.structure {
        Structure::List { processing, .. } => processing.as_deref(),
        _ => None,
    }
}
