//! # B412 PROGRESS_SAME_EVENTS
//!
//! Reports of a progress became entries of a stream too, or are no longer. What a program reports that knows of no events is in none, so
//! those who follow miss it, a completion included, until no such program runs: they see it in a snapshot alone. How many events are kept is another
//! matter (`B304`).
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, events: { maxlen: ~100 } } }
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
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, events: { maxlen: ~200, message: string } } }
//! ```
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
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, events: { maxlen: ~100 } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   export: { key: "export:{id}", ttl: 24h, progress: { item: slug, allow_unknown: true } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B412" "PROGRESS_SAME_EVENTS",
        "reports are events too, or are no longer",
        Rolling,
        [OldProcesses],
        "b412_progress_same_events.rs"
    ),
    claims: &["key.structure.events"],
    judge,
};

fn judge(_: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = "take a snapshot from time to time while programs of both kinds report, and follow when they are of one";
    Break::new(Deploy::WritersFirst, fix).verdict()
}
