//! # B409 COUNTER_SAME_RESET
//!
//! A counter begins anew at other moments than before: sixty seconds after the first count instead of an hour, at midnight,
//! when nobody has counted for a while, or never. Its lifetime says when, and what it has counted so far was counted
//! under the old rule; old and new programs go on by two rules on one key. A limit then lets through what it should stop,
//! or stops what it should let through, and a total is short. Count in a key of its own from now on. Where the window is
//! part of the key's name (`views:{day}`), another window is another name, of which `B102` to `B104` speak.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", ttl: { default: 1m, on_write: keep }, counter: u32 }
//! ```
//!
//! ```yaml after
//! # found at calls
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", ttl: { default: 1m, on_write: refresh }, counter: u32 }
//! ```
//!
//! ```yaml after
//! # found at calls
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", ttl: { default: 1h, on_write: keep }, counter: u32 }
//! ```
//!
//! ```yaml after
//! # found at calls
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", ttl: { at: end_of_day }, counter: u32 }
//! ```
//!
//! ```yaml after
//! # found at calls
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", ttl: { default: 1m, on_write: keep, on_read: refresh }, counter: u32 }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   calls: { key: "calls:{id}", ttl: { default: 1m, on_write: keep, range: 1s..1m }, counter: u32 }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   sold: { key: "sold:{id}", ttl: { none: a total }, counter: u64 }
//! ```
//!
//! ```yaml after
//! # found at sold
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   sold: { key: "sold:{id}", ttl: { default: 30d, on_write: keep }, counter: u64 }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   sold: { key: "sold:{id}", ttl: { none: a total that stays }, counter: u64 }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::window::differs;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B409" "COUNTER_SAME_RESET",
        "a counter begins anew at other moments",
        Storage,
        [Readers, OldProcesses],
        "b409_counter_same_reset.rs"
    ),
    claims: &[
        "key.lifetime.rule",
        "key.lifetime.on_write",
        "key.lifetime.refresh_on_read",
    ],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if !differs(change) {
        return Verdict::NotMine;
    }
    if !is_first(change) {
        return Verdict::Harmless;
    }
    Break::new(
        Deploy::WritersFirst,
        "count in a key of its own from now on, and let the old one end",
    )
    .verdict()
}

/// Whether no other part of the lifetime tells the same: several may differ, and the window changes once.
fn is_first(change: &Change<'_>) -> bool {
    let Some((old, new)) = change.key() else {
        return false;
    };
    let (old, new) = (&old.lifetime, &new.lifetime);
    let writes = |lifetime: &crate::facts::Lifetime| lifetime.expiry.as_ref().map(|it| it.on_write);
    match change.what.as_str() {
        "key.lifetime.rule" => true,
        "key.lifetime.on_write" => old.rule == new.rule,
        _ => old.rule == new.rule && writes(old) == writes(new),
    }
}
