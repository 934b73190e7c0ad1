//! # B306 STREAM_ENTRY_COMPATIBLE
//!
//! Entries of a stream are never rewritten: a consumer that is behind, or reads from the start, meets those of earlier
//! versions until they are cut off. So whatever breaks a stored value breaks an entry, by the same rules: a field that
//! must be there and is new (`B207`), one that is gone (`B209`), a value of a closed list that is gone (`B212`), and so
//! on. Add optional fields, or begin a new stream.
//!
//! ```yaml before
//! edition: 1
//! schema: shop
//! version: 1
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms }, maxlen: 10 } }
//! ```
//!
//! ```yaml after
//! # found at cart.who
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms, who: uuid }, maxlen: 10 } }
//! ```
//!
//! ```yaml compatible
//! edition: 1
//! schema: shop
//! version: 2
//! params: { id: uuid }
//! keys:
//!   cart: { key: "cart:{id}", ttl: 24h, stream: { entry: { at: timestamp_ms, who: uuid? }, maxlen: 10 } }
//! ```

use super::{Change, Comparison, Rule, Verdict, breaking};

use super::held::{is_harmless, is_told_elsewhere, judge_as_value};

pub(super) const RULE: Rule = Rule {
    meta: breaking!(
        "B306" "STREAM_ENTRY_COMPATIBLE",
        "entries of a stream changed in a way that values may not",
        Storage,
        [Readers, OldProcesses],
        "b306_stream_entry_compatible.rs"
    ),
    claims: &["entry.**"],
    judge,
};

fn judge(change: &Change<'_>, comparison: &Comparison<'_>) -> Verdict {
    if is_told_elsewhere("B306", change) {
        return Verdict::NotMine;
    }
    match judge_as_value(change, comparison) {
        Some((rule, Verdict::Breaks(said))) => said.named_by(&rule.meta).verdict(),
        Some((_, verdict)) => verdict,
        None if is_harmless(change) => Verdict::Harmless,
        None => Verdict::NotMine,
    }
}
