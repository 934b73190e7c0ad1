//! # B311 MESSAGE_COMPATIBLE
//!
//! Messages are not stored, but old and new programs exchange them for as long as both run. Whatever breaks a stored
//! value breaks a message, by the same rules, and is over when the last old program is gone. Add optional fields, or
//! speak on a new channel.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! channels:
//!   news: { channel: "news", message: { fields: { text: string } } }
//! ```
//!
//! ```yaml after
//! # found at news.who
//! edition: 1
//! schema: shop
//! version: 2
//! channels:
//!   news: { channel: "news", message: { fields: { text: string, who: uuid } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! channels:
//!   news: { channel: "news", message: { fields: { text: string, who: uuid? } } }
//! ```

use super::{Change, Comparison, Rule, Verdict, breaking};

use super::held::{is_harmless, is_told_elsewhere, judge_as_value};
use crate::rule::Level;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B311" "MESSAGE_COMPATIBLE",
        "messages of a channel changed in a way that values may not",
        Rolling,
        [Readers, OldProcesses],
        "b311_message_compatible.rs"
    ),
    claims: &["message.**"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    if is_told_elsewhere("B311", change) {
        return Verdict::NotMine;
    }
    match judge_as_value(change, comparison) {
        Some((_, Verdict::Breaks(said))) => said.level(Level::Rolling).verdict(),
        Some((_, verdict)) => verdict,
        None if is_harmless(change) => Verdict::Harmless,
        None => Verdict::NotMine,
    }
}
