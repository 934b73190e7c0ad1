//! Bounds of values: which way they moved.

use super::Change;
use crate::facts::{Range, Ty};

/// The kinds of difference that move a bound. Two rules share them, one for each way.
pub(super) const CLAIMS: &[&str] = &[
    "field.range",
    "field.max_field",
    "*.type.range",
    "*.type.max",
];

/// Which way a bound moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    /// Some values that were accepted are refused.
    Tighter,
    /// More values are accepted, and none is refused that was not.
    Looser,
}

/// Which way the bound of a change moved; `None` when it is no change of a bound.
pub(super) fn moved(change: &Change<'_>) -> Option<Moved> {
    let looser = match change.types {
        Some((
            Ty::String { max: old } | Ty::Slug { max: old },
            Ty::String { max: new } | Ty::Slug { max: new },
        )) => new.is_none() || old.is_some() && new >= old,
        _ => is_looser(&change.old, &change.new)?,
    };
    Some(if looser {
        Moved::Looser
    } else {
        Moved::Tighter
    })
}

/// Of two bounds as they are shown: a range, the name of a field, or none.
fn is_looser(old: &str, new: &str) -> Option<bool> {
    if old == new {
        return None;
    }
    if old == "none" || new == "none" {
        return Some(new == "none");
    }
    let (Ok(old), Ok(new)) = (old.parse::<Range>(), new.parse::<Range>()) else {
        // Bounded by another field: nothing says that the values fit.
        return Some(false);
    };
    Some(new.min <= old.min && new.max >= old.max)
}

#[cfg(test)]
mod tests {
    use super::is_looser;

    #[test]
    fn bounds_move_one_way_or_the_other() {
        for (old, new, expected) in [
            ("none", "0..10", Some(false)),
            ("0..10", "none", Some(true)),
            ("0..10", "0..20", Some(true)),
            ("0..10", "1..20", Some(false)),
            ("total", "sum", Some(false)),
            ("0..10", "0..10", None),
        ] {
            assert_eq!(is_looser(old, new), expected, "{old} {new}");
        }
    }
}
