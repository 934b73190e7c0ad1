//! # B203 VALUE_SAME_ENVELOPE
//!
//! Values are compressed from now on, or no longer. A reader that knows of no compression refuses a compressed value, or
//! hands it on as it stands where any bytes will do. Another threshold changes nothing: readers tell compressed values
//! from plain ones.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: { type: bytes, encode: bytes, zstd: over 4KiB } }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: { type: bytes, encode: bytes } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: { type: bytes, encode: bytes, zstd: over 8KiB } }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<string> }
//! ```
//!
//! ```yaml after
//! # found at cart
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: { type: string, encode: json, zstd: over 4KiB } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, string: json<string> }
//!   page: { key: "page:{id}", ttl: 24h, string: { type: string, encode: json, zstd: over 4KiB } }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use crate::rule::{Level, Who};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B203" "VALUE_SAME_ENVELOPE",
        "whether a value is compressed changed",
        Storage,
        [Readers, OldProcesses],
        "b203_value_same_envelope.rs"
    ),
    claims: &["value.zstd_over", "member.zstd_over"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    match (change.old.as_str(), change.new.as_str()) {
        // Plain values are still read; only programs that know of no compression fail.
        ("none", _) => {
            let fix =
                "roll it out to every reader first: those that know `zstd` read plain values too";
            Break::new(Deploy::ReadersFirst, fix)
                .level(Level::Rolling)
                .who(&[Who::OldProcesses])
                .verdict()
        }
        (_, "none") => {
            let fix = "keep `zstd:` until the last compressed value has expired, with a threshold that nothing reaches";
            Break::new(Deploy::WritersFirst, fix).verdict()
        }
        _ => Verdict::Harmless,
    }
}
