//! # B309 CHANNEL_SAME_NAME
//!
//! Publishers and subscribers meet by the name of a channel alone. When it changes, old subscribers hear nothing of new
//! publishers and the other way round, without an error, until the last old program is gone. Publish to both names
//! during the roll-out.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! channels:
//!   words: { channel: "words:{id}", sharded: true, message: string }
//!   news: { channel: "news:{id}", message: string }
//! ```
//!
//! ```yaml after
//! # found at news
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! channels:
//!   words: { channel: "words:{id}", sharded: true, message: string }
//!   news: { channel: "new:{id}", message: string }
//! ```
//!
//! ```yaml after
//! # found at news
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! channels:
//!   words: { channel: "words:{id}", sharded: true, message: string }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! channels:
//!   words: { channel: "words:{id}", sharded: true, message: string }
//!   news: { channel: "news:{id}", message: string }
//!   more: { channel: "more:{id}", message: string }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B309" "CHANNEL_SAME_NAME",
        "a channel has another name or is gone",
        Rolling,
        [OldProcesses],
        "b309_channel_same_name.rs"
    ),
    claims: &["channel.removed", "channel.template.*", "channel.prefix.*"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if change.what == "channel.prefix.env" && change.old == "none" {
        return Verdict::Harmless;
    }
    let fix = match (change.what.as_str(), change.lookalike) {
        ("channel.removed", Some(added)) => {
            format!("if `{added}` takes its place, publish to both until no old program runs")
        }
        ("channel.removed", None) => {
            "stop its publishers and subscribers before the new version is out".to_owned()
        }
        _ => "publish to both names, subscribe to both, and drop the old one when no old program runs".to_owned(),
    };
    Break::new(Deploy::ReadersFirst, fix)
        .horizon(Horizon::Instant)
        .verdict()
}
