//! # B215 UNIT_SAME
//!
//! A number kept its shape and changed its meaning: seconds became milliseconds, a date became a count. Everything
//! still decodes, and is wrong by a factor. Nothing fails, so nobody notices; this is the worst kind of change. Add a
//! field of the new unit beside the old one, write both, and drop the old one when no data has it alone.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, hash: { updated_at: timestamp_s } }
//! ```
//!
//! ```yaml after
//! # found at job.updated_at
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, hash: { updated_at: timestamp_ms } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   job: { key: "job:{id}", ttl: 24h, hash: { updated_at: { type: timestamp_s, unit: seconds } } }
//! ```

use super::{Break, Change, Class, Comparison, Deploy, Rule, Verdict, breaking};
use crate::facts::Ty;
use crate::rule::Level;

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B215" "UNIT_SAME",
        "a number changed its unit",
        Storage,
        [Readers, OldProcesses],
        "b215_unit_same.rs"
    ),
    claims: &["**.type.unit", "**.field.unit"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    // A unit that is said for the first time, or no longer, is one of the description.
    if change.types.is_none() && (change.old == "none" || change.new == "none") {
        return Verdict::Harmless;
    }
    let said = Break::new(Deploy::DualWrite, fix(change));
    match change.class() {
        Class::Message => said.level(Level::Rolling).verdict(),
        Class::Rest | Class::Entry => said.verdict(),
    }
}

fn fix(change: &Change<'_>) -> String {
    let suffix = match change.types {
        Some((_, Ty::TimestampS | Ty::DurationS)) => "_s",
        Some((_, Ty::TimestampMs | Ty::DurationMs)) => "_ms",
        _ => "_new",
    };
    let name = change.path.rsplit('.').next().unwrap_or_default();
    format!(
        "add `{name}{suffix}` beside it, write both, and drop `{name}` when no data has it alone"
    )
}
