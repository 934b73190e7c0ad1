//! # B316 STREAM_SAME_DEAD_LETTER
//!
//! Entries that nobody could deal with lie in the stream that the old version names, and old programs go on putting them there.
//! Whoever looks at the other stream alone never sees them. Where no stream is named any more, such entries are delivered again for
//! ever. Read both streams until the old one is empty.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, max_deliveries: 5, dead_letter: failed } } }
//!   failed:
//!     key: "failed:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//!   rejected:
//!     key: "rejected:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//! ```
//!
//! ```yaml after
//! # found at cart.groups.mailer
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, max_deliveries: 5, dead_letter: rejected } } }
//!   failed:
//!     key: "failed:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//!   rejected:
//!     key: "rejected:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//! ```
//!
//! ```yaml after
//! # found at cart.groups.mailer
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s } } }
//!   failed:
//!     key: "failed:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//!   rejected:
//!     key: "rejected:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! types: { Step: { fields: { at: timestamp_ms } } }
//! keys:
//!   cart:
//!     key: "cart:{id}"
//!     ttl: 24h
//!     stream: { entry: Step, groups: { mailer: { min_idle: 60s, max_deliveries: 9, dead_letter: failed } } }
//!   failed:
//!     key: "failed:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//!   rejected:
//!     key: "rejected:{id}"
//!     ttl: 7d
//!     stream: { entry: Step }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking, consumers};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B316" "STREAM_SAME_DEAD_LETTER",
        "what is given up goes elsewhere, or nowhere",
        Rolling,
        [OldProcesses, Data],
        "b316_stream_same_dead_letter.rs"
    ),
    claims: &["key.structure.group.dead_letter"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new, group)) = consumers::of(change) else {
        return Verdict::NotMine;
    };
    let Some(before) = &old.dead_letter else {
        // What was delivered again for ever has an end now.
        return Verdict::Harmless;
    };
    let fix = match &new.dead_letter {
        Some(_) => format!("read `{before}` too until it is empty and no old program runs"),
        None => format!("keep `dead_letter: {before}`, or see who ends the entries of `{group}`"),
    };
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(change.horizon())
        .verdict()
}
