//! # B402 LOCK_SAME_TOKEN
//!
//! Holds of a lock have numbers, or have none any more. While old and new programs run beside each other, some take the lock without a
//! number: the last number does not rise by their holds, so that what the lock guards takes a holder that is late for the present one. Have
//! all programs of one kind before anything relies on numbers.
//!
//! The token itself is the same in every version: 32 hexadecimal digits, compared by the server. No schema can say otherwise.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s, fencing: true } }
//! ```
//!
//! ```yaml after
//! # found at pay
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s, fencing: true, renew: auto, max_hold: 5m } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s } }
//! ```
//!
//! ```yaml after
//! # found at pay
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s, fencing: true } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s, wait: 1s } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B402" "LOCK_SAME_TOKEN",
        "holds of a lock have numbers, or have none any more",
        Rolling,
        [OldProcesses],
        "b402_lock_same_token.rs"
    ),
    claims: &["key.structure.fencing"],
    judge,
};

fn judge(_: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let fix =
        "let what the lock guards look at numbers only while no program takes the lock without one";
    Break::new(Deploy::StopTheWorld, fix).verdict()
}
