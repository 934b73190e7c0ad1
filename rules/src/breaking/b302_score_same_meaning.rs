//! # B302 SCORE_SAME_MEANING
//!
//! The scores mean something else: seconds became milliseconds, a rank became a time. Old and new members stand in one
//! order that is neither, and ranges return the wrong ones. Nothing fails. Fill a key of its own.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, zset: { member: uuid, score: timestamp_s } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, zset: { member: uuid, score: timestamp_ms } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, zset: { member: uuid, score: timestamp_s } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B302" "SCORE_SAME_MEANING",
        "scores of a sorted set mean something else",
        Storage,
        [Readers, OldProcesses],
        "b302_score_same_meaning.rs"
    ),
    claims: &["key.structure.score"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = format!(
        "keep `score: {}`, or fill a key of its own whose scores are {}",
        change.old, change.new
    );
    Break::new(Deploy::DualWrite, fix).verdict()
}
