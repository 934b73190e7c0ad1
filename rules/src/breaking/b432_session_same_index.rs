//! # B432 SESSION_SAME_INDEX
//!
//! Sessions are found by another index, by one where there was none, or by none any more. What old programs make is not where new ones look, and
//! the other way round, so that `revoke_all` of one version passes over sessions of the other: somebody who was shut out is still logged
//! in. Nothing fails, and nobody is told. Let everybody log in anew (a template of its own for the new sessions), or revoke one by one
//! until the last session of an old program has ended.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { session: { type: string, encode: hash }, user: uuid }
//! keys:
//!   login: { key: "session:{session}", session: { data: string, idle_ttl: 30m, absolute_ttl: 12h } }
//!   cart: { key: "cart:{user}", ttl: 1h, zset: { member: string, score: rank } }
//! ```
//!
//! ```yaml after
//! # found at login
//! edition: 1
//! schema: shop
//! version: 2
//! params: { session: { type: string, encode: hash }, user: uuid }
//! keys:
//!   login: { key: "session:{session}", session: { data: string, idle_ttl: 30m, absolute_ttl: 12h, index: logins } }
//!   logins: { key: "sessions_of:{user}", session_index: {} }
//!   cart: { key: "cart:{user}", ttl: 1h, zset: { member: string, score: rank } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { session: { type: string, encode: hash }, user: uuid }
//! keys:
//!   login: { key: "session:{session}", session: { data: string, idle_ttl: 30m, absolute_ttl: 12h, touch_after: 1m } }
//!   cart: { key: "cart:{user}", ttl: 1h, zset: { member: string, score: rank } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B432" "SESSION_SAME_INDEX",
        "sessions are found by another index",
        Storage,
        [Readers, OldProcesses],
        "b432_session_same_index.rs"
    ),
    claims: &["key.structure.index"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix = match change.old.as_str() {
        "none" => {
            "make new sessions under a template of their own, so that none is in no index; or count on `revoke_all` only when the last old session has ended"
        }
        _ => {
            "revoke by the old index too until no old session is left, or make new sessions under a template of their own"
        }
    };
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(change.horizon())
        .verdict()
}
