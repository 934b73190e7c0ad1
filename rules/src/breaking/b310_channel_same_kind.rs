//! # B310 CHANNEL_SAME_KIND
//!
//! `PUBLISH` and `SPUBLISH` are two worlds: a message of one is never delivered to a subscriber of the other. Old and
//! new programs do not hear each other. Publish both ways during the roll-out; sharded channels need a server of
//! version 7.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! channels:
//!   news: { channel: "news", message: string }
//! ```
//!
//! ```yaml after
//! # found at news
//! edition: 1
//! schema: shop
//! version: 2
//! channels:
//!   news: { channel: "news", sharded: true, message: string }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! channels:
//!   news: { channel: "news", message: string }
//!   more: { channel: "more", sharded: true, message: string }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B310" "CHANNEL_SAME_KIND",
        "a channel became sharded, or no longer is",
        Rolling,
        [OldProcesses, Operations],
        "b310_channel_same_kind.rs"
    ),
    claims: &["channel.sharded"],
    judge,
};

fn judge(_: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = "declare the other kind as a channel of its own, publish to both, and drop this one when no old program runs";
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(Horizon::Instant)
        .verdict()
}
