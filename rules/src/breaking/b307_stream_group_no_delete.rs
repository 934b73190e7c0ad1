//! # B307 STREAM_GROUP_NO_DELETE
//!
//! A consumer group holds how far it has read and what it was given and did not acknowledge. Under another name it
//! starts anew: everything is delivered again, or whatever was pending is lost. A group that is gone stays on the
//! server, and its list of pending entries grows as long as anything reads for it. Keep the name; drain a group before
//! it goes, then `XGROUP DESTROY` it.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer, indexer] } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer] } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer, finder] } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, groups: [mailer, indexer, archiver] } }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use crate::facts::{Key, Structure};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B307" "STREAM_GROUP_NO_DELETE",
        "a consumer group is gone or has another name",
        Storage,
        [OldProcesses, Data],
        "b307_stream_group_no_delete.rs"
    ),
    claims: &["key.structure.groups"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.key() else {
        return Verdict::NotMine;
    };
    let now = groups(new);
    let gone: Vec<&str> = groups(old)
        .iter()
        .filter(|group| !now.contains(group))
        .map(String::as_str)
        .collect();
    if gone.is_empty() {
        return Verdict::Harmless;
    }
    let fix = format!(
        "keep `{}`, or drain it, stop its consumers and destroy it (`XGROUP DESTROY`)",
        gone.join("`, `")
    );
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}

fn groups(key: &Key) -> &[String] {
    match &key.structure {
        Structure::Stream { groups, .. } => groups,
        _ => &[],
    }
}
