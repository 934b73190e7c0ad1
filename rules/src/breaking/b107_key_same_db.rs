//! # B107 KEY_SAME_DB
//!
//! A key moved to another logical database of the same server. Its data stays behind in the old one and looks lost;
//! during a roll-out each half of the programs works in its own. Copy the keys with `COPY ... DB` before anything reads
//! the new place.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! databases:
//!   main: { index: 0 }
//!   jobs: { index: 1 }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", in: main, ttl: 24h, string: bytes }
//!   job: { key: "job:{id}", in: jobs, ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! databases:
//!   main: { index: 0 }
//!   jobs: { index: 1 }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", in: jobs, ttl: 24h, string: bytes }
//!   job: { key: "job:{id}", in: jobs, ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! databases:
//!   main: { index: 0 }
//!   jobs: { index: 1 }
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", in: jobs, ttl: 24h, string: bytes }
//!   cart: { key: "cart:{id}", in: main, ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::holds::is_of_holds;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B107" "KEY_SAME_DB",
        "a key moved to another logical database",
        Storage,
        [Readers, OldProcesses, Data],
        "b107_key_same_db.rs"
    ),
    claims: &["key.database"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    if is_of_holds(change) {
        return Verdict::NotMine;
    }
    let fix = format!(
        "copy the keys from database {} to {} (`COPY key key DB {}`), read both meanwhile, then drop the old ones",
        change.old, change.new, change.new
    );
    Break::new(Deploy::DualWrite, fix).verdict()
}
