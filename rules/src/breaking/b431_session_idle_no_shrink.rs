//! # B431 SESSION_IDLE_NO_SHRINK
//!
//! Sessions end after less time without use. While old and new programs run beside each other, how long a session that is not used stays depends
//! on which of them it was used by last, so that some people are logged out sooner than others, and sooner than they were told. Nothing is lost that a
//! login does not bring back; tell them, and take the new time for granted only when no old program runs. When a session ends however
//! much it is used is its lifetime, of which B503 speaks.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { session: { type: string, encode: hash } }
//! keys:
//!   login: { key: "session:{session}", session: { data: string, idle_ttl: 30m, absolute_ttl: 12h } }
//! ```
//!
//! ```yaml after
//! # found at login
//! edition: 1
//! schema: shop
//! version: 2
//! params: { session: { type: string, encode: hash } }
//! keys:
//!   login: { key: "session:{session}", session: { data: string, idle_ttl: 5m, absolute_ttl: 12h } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { session: { type: string, encode: hash } }
//! keys:
//!   login: { key: "session:{session}", session: { data: string, idle_ttl: 1h, absolute_ttl: 12h, touch_after: 10m } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};
use crate::facts::{Key, Structure};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B431" "SESSION_IDLE_NO_SHRINK",
        "a session ends after less time without use",
        Rolling,
        [OldProcesses, Data],
        "b431_session_idle_no_shrink.rs"
    ),
    claims: &["key.structure.idle_ms"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((Some(before), Some(after))) = change.key().map(|(old, new)| (idle(old), idle(new)))
    else {
        return Verdict::NotMine;
    };
    if after >= before {
        return Verdict::Harmless;
    }
    Break::new(
        Deploy::Any,
        "tell people that they are logged out sooner, and count on it only when no old program runs",
    )
    .horizon(change.horizon())
    .verdict()
}

/// Milliseconds without use after which it ends; nothing if it is no session.
const fn idle(key: &Key) -> Option<u64> {
    match &key.structure {
        Structure::Session { idle_ms, .. } => Some(*idle_ms),
        _ => None,
    }
}
