//! Entries of streams and messages of channels are records like any other: what breaks them is what breaks values.

use super::{Change, Comparison, HARMLESS, Rule, Verdict, claimants, covers};

/// What the rules about values at rest say of a change in an entry or message, with the rule that says it.
pub(super) fn judge_as_value(
    change: &Change<'_>,
    comparison: &Comparison<'_>,
) -> Option<(&'static Rule, Verdict)> {
    let bare = change.bare();
    let mut known = None;
    for rule in claimants(bare).filter(|rule| rule.is_of_data()) {
        match (rule.judge)(change, comparison) {
            Verdict::NotMine => {}
            Verdict::Harmless => known = Some((rule, Verdict::Harmless)),
            found @ Verdict::Breaks(_) => return Some((rule, found)),
        }
    }
    known
}

/// Whether a rule speaks of this change in its own name, or nobody need speak of it.
pub(super) fn is_told_elsewhere(own: &str, change: &Change<'_>) -> bool {
    claimants(&change.what).any(|rule| rule.is_of_data() && rule.meta.code != own)
}

/// Whether the difference breaks no value.
pub(super) fn is_harmless(change: &Change<'_>) -> bool {
    HARMLESS
        .iter()
        .any(|(pattern, _)| covers(pattern, change.bare()))
}
