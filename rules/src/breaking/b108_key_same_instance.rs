//! # B108 KEY_SAME_INSTANCE
//!
//! Programs may be given a server for each database by its name. A name that is gone takes that setting with it: the
//! program opens its database on the common server, where nothing of it lies. The same holds for who owns a database.
//! Keep the name, or change the configuration of every installation in the same step.
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

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B108" "KEY_SAME_INSTANCE",
        "a database changed its name or who owns it",
        Ops,
        [Operations],
        "b108_key_same_instance.rs"
    ),
    claims: &["database.removed", "database.external"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    let name = change.path.trim_start_matches("databases.");
    let fix = if change.what == "database.external" {
        format!(
            "ask {} before writing to `{name}`, and say in `external:` who owns it",
            change.new
        )
    } else {
        let old = comparison.old.databases.get(name);
        let same = |index| {
            comparison
                .new
                .databases
                .iter()
                .find(|(_, one)| one.index == index)
        };
        // A number that nothing uses any more takes no setting with it: its keys say what became of them.
        let Some((renamed, _)) = old.and_then(|old| same(old.index)) else {
            return Verdict::Harmless;
        };
        format!(
            "keep the name `{name}`, or set the server of `{renamed}` wherever that of `{name}` is set"
        )
    };
    Break::new(Deploy::StopTheWorld, fix)
        .horizon(Horizon::Permanent)
        .verdict()
}
