//! # B401 LOCK_SAME_KEY
//!
//! A lock or semaphore has another name, prefix or database. Old programs hold it where new ones do not look, so that both do what only one
//! should: nothing fails, and nobody is told. Stop the old programs before the new ones start, or let new ones hold both until the old are
//! gone.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s } }
//!   ship: { key: "sem:ship:{id}", semaphore: { permits: 2, lease: 30s } }
//! ```
//!
//! ```yaml after
//! # found at pay
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:payment:{id}", lock: { lease: 30s } }
//!   ship: { key: "sem:ship:{id}", semaphore: { permits: 2, lease: 30s } }
//! ```
//!
//! ```yaml after
//! # found at ship
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s } }
//!   ship: { key: "sem:shipping:{id}", semaphore: { permits: 2, lease: 30s } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   pay: { key: "lock:pay:{id}", lock: { lease: 30s, wait: 10s } }
//!   ship: { key: "sem:ship:{id}", semaphore: { permits: 2, lease: 30s } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::holds::is_of_holds;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B401" "LOCK_SAME_KEY",
        "a lock or semaphore lies elsewhere",
        Rolling,
        [OldProcesses],
        "b401_lock_same_key.rs"
    ),
    claims: &["key.template.*", "key.prefix.*", "key.database"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if !is_of_holds(change) {
        return Verdict::NotMine;
    }
    // Nobody can have set a variable that was not there.
    if change.what == "key.prefix.env" && change.old == "none" {
        return Verdict::Harmless;
    }
    let fix = "stop the old programs before the new ones start, or hold both until they are gone";
    Break::new(Deploy::StopTheWorld, fix).verdict()
}
