//! # B413 PROGRESS_SAME_DIRECTION
//!
//! Reports of a progress may lower a number, or may no longer. Where they may, one that comes late or twice takes back what another has reported, and a
//! job that was complete goes on: old programs, which rely on the opposite, forget what they concluded. Where they may no longer, old programs lower
//! numbers all the same, and new ones do not get rid of what old ones reported too high.
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
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, allow_decrease: true } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, max: 100 } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, allow_decrease: true } }
//! ```
//!
//! ```yaml after
//! # found at export
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, allow_decrease: true, allow_unknown: true } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B413" "PROGRESS_SAME_DIRECTION",
        "numbers of items may go down, or may no longer",
        Rolling,
        [OldProcesses],
        "b413_progress_same_direction.rs"
    ),
    claims: &["key.structure.allow_decrease"],
    judge,
};

fn judge(_: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = "report to a key of its own by the new rule until no old program runs";
    Break::new(Deploy::StopTheWorld, fix).verdict()
}
