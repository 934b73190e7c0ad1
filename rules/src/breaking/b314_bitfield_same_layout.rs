//! # B314 BITFIELD_SAME_LAYOUT
//!
//! A bit of a bitmap has another name, or a name is another bit. What was set under the old name is read under the new one,
//! and no error says so: both are a bit. Give names back the offsets that they had; new ones get offsets that had no name
//! before. A name may go, as long as nothing else gets its offset. Of offsets without a name (the number of a user, say) no
//! schema knows what they mean: keep computing them as before, or begin a new key.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   wants: { key: "wants:{id}", ttl: 24h, bitmap: { bits: { news: 0, dark: 1 } } }
//! ```
//!
//! ```yaml after
//! # found at wants
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   wants: { key: "wants:{id}", ttl: 24h, bitmap: { bits: { dark: 0, news: 1 } } }
//! ```
//!
//! ```yaml after
//! # found at wants
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   wants: { key: "wants:{id}", ttl: 24h, bitmap: { bits: { news: 0, beta: 1 } } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   wants: { key: "wants:{id}", ttl: 24h, bitmap: { bits: { news: 0, dark: 1, beta: 2 } } }
//! ```

use std::collections::BTreeMap;

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use crate::facts::Key;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B314" "BITFIELD_SAME_LAYOUT",
        "a bit that means something else",
        Storage,
        [Readers, OldProcesses],
        "b314_bitfield_same_layout.rs"
    ),
    claims: &["key.bits"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.key() else {
        return Verdict::NotMine;
    };
    let (before, after) = (names(old), names(new));
    let moved = before.iter().any(|(offset, name)| {
        let renamed = after.get(offset).is_some_and(|now| now != name);
        let elsewhere = after.iter().any(|(at, now)| now == name && at != offset);
        renamed || elsewhere
    });
    if !moved {
        return Verdict::Harmless;
    }
    let fix = format!("give the names back their offsets ({})", change.old);
    Break::new(Deploy::WritersFirst, fix).verdict()
}

/// Names of bits by offset.
fn names(key: &Key) -> BTreeMap<&str, &str> {
    let bits = key.bits.iter().filter_map(|bit| bit.rsplit_once('='));
    bits.map(|(name, offset)| (offset, name)).collect()
}
