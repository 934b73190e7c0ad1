//! Formats that write some values alike.

use super::Change;
use crate::facts::Ty;

/// Whether a change of format leaves the bytes of every value as they are: JSON of a number is its own text.
pub(super) fn alike(change: &Change<'_>) -> bool {
    let formats = [change.old.as_str(), change.new.as_str()];
    let text_or_json = formats
        .iter()
        .all(|format| matches!(*format, "text" | "json"));
    text_or_json
        && change
            .types
            .is_some_and(|(old, new)| is_its_own_json(old) && is_its_own_json(new))
}

/// Whether values have one text, which is JSON. Not so numbers with a fraction: JSON says `7.0` where text says `7`.
fn is_its_own_json(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::Bool
            | Ty::Unsigned(_)
            | Ty::Signed(_)
            | Ty::TimestampS
            | Ty::TimestampMs
            | Ty::DurationS
            | Ty::DurationMs
    )
}
