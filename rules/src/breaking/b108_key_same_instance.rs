//! # B108 KEY_SAME_INSTANCE
//!
//! Programs may be given a server for each database by its name. A name that is gone takes that setting with it: the
//! program opens its database on the common server, where nothing of it lies. Keep the name, or change the configuration
//! of every installation in the same step. Another owner of a database is for those who run it to know.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! databases: { main: { index: 0 } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at databases.main
//! edition: 1
//! schema: shop
//! version: 2
//! databases: { carts: { index: 0 } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! databases: { main: { index: 0 }, more: { index: 1 } }
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", in: main, ttl: 24h, string: bytes }
//!   job: { key: "job:{id}", in: more, ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Horizon, Rule, Verdict, breaking};

use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B108" "KEY_SAME_INSTANCE",
        "a database changed its name or who owns it",
        Storage,
        [Readers, OldProcesses],
        "b108_key_same_instance.rs"
    ),
    claims: &["database.removed", "database.external"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let name = change.path.trim_start_matches("databases.");
    if change.what == "database.external" {
        return owner(change, name);
    }
    let Some(old) = comparison.old.databases.get(name) else {
        return Verdict::NotMine;
    };
    let mut now = comparison.new.databases.iter();
    // A number that nothing uses any more takes no setting with it: its keys say what became of them.
    let Some((renamed, _)) = now.find(|(_, one)| one.index == old.index) else {
        return Verdict::Harmless;
    };
    let fix = format!(
        "keep the name `{name}`, or set the server of `{renamed}` wherever that of `{name}` is set"
    );
    let keys = comparison.old.keys.values();
    let there = keys.filter(|key| key.database == old.index);
    let longest = there.map(Horizon::of).max();
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(longest.unwrap_or(Horizon::Instant))
        .verdict()
}

fn owner(change: &Change<'_>, name: &str) -> Verdict {
    let fix = format!(
        "ask {} before writing to `{name}`, and say in `external:` who owns it",
        change.new
    );
    Break::new(Deploy::StopTheWorld, fix)
        .level(Level::Ops)
        .who(&[Who::Operations])
        .horizon(Horizon::Permanent)
        .verdict()
}
