//! # B411 PROGRESS_SAME_MAX
//!
//! The number at which an item of a progress is done changed. What was done at 100 is a tenth of 1,000, and a job that had ended goes on;
//! below a lower number, what stands above it is cut off by the next report. While old and new programs report beside each other, each of
//! them counts by its own number, and both may tell that a job is complete. Report to a key of its own by the new number.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug } }
//! ```
//!
//! ```yaml after
//! # found at export
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, max: 1000 } }
//! ```
//!
//! ```yaml after
//! # found at export
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, max: 10 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, max: 100, allow_unknown: true } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B411" "PROGRESS_SAME_MAX",
        "items are done at another number",
        Storage,
        [Readers, OldProcesses],
        "b411_progress_same_max.rs"
    ),
    claims: &["key.structure.max"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!(
        "keep `max: {}`, or report to a key of its own from now on",
        change.old
    );
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(change.horizon())
        .verdict()
}
