//! # B104 KEY_PARAM_SAME_ENCODING
//!
//! A placeholder keeps its name and its place, but its values have another text, or some are refused: a number became
//! narrower, a slug shorter, seconds became milliseconds, text is now escaped or hashed. The template looks the same
//! and the bytes differ, so every read of an old key misses and nothing fails. Add a placeholder of the new kind and
//! move the keys to a new template.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { at: timestamp_s }
//! keys:
//!   sample: { key: "sample:{at}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at {at}
//! edition: 1
//! schema: shop
//! version: 2
//! params: { at: timestamp_ms }
//! keys:
//!   sample: { key: "sample:{at}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { at: timestamp_s, at_ms: timestamp_ms }
//! keys:
//!   sample: { key: "sample:{at}", ttl: 24h, string: bytes }
//!   sample_ms: { key: "sample_ms:{at_ms}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { number: u64 }
//! keys:
//!   order: { key: "order:{number}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml after
//! # found at {number}
//! edition: 1
//! schema: shop
//! version: 2
//! params: { number: u32 }
//! keys:
//!   order: { key: "order:{number}", ttl: 24h, string: bytes }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { number: { type: slug, max: 32 } }
//! keys:
//!   order: { key: "order:{number}", ttl: 24h, string: bytes }
//! ```

use super::{Break, Change, Comparison, Deploy, Rule, Verdict, breaking};

use super::encoding::{Step, step};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B104" "KEY_PARAM_SAME_ENCODING",
        "the values of a placeholder are written otherwise",
        Storage,
        [Readers, OldProcesses, Data],
        "b104_key_param_same_encoding.rs"
    ),
    claims: &["param.ty"],
    judge,
};

fn judge(change: &Change<'_>, _: &Comparison<'_>) -> Verdict {
    let Some((old, new)) = change.param() else {
        return Verdict::NotMine;
    };
    match step(&old.ty, &new.ty) {
        // A placeholder that no template carries names nothing.
        Step::Loses if change.uses.is_empty() => Verdict::Harmless,
        Step::Loses => {
            let fix = format!(
                "keep {} as `{}`, add a placeholder of the new type, and move the keys to a template of their own",
                change.path, change.old
            );
            Break::new(Deploy::DualWrite, fix).verdict()
        }
        Step::WidensToSigns => Verdict::NotMine,
        Step::Same | Step::Widens => Verdict::Harmless,
    }
}
