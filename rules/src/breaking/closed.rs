//! Closed lists of values, found by where a change is.

use crate::facts::{Facts, Kind, TypeDef};

/// Whether the enum that a path lies in takes values that it does not know.
pub(super) fn catches_all(facts: &Facts, path: &str) -> bool {
    let owner = path.rsplit_once('.').map_or(path, |(owner, _)| owner);
    let stands_for = |(name, def): &(&String, &TypeDef)| {
        name.as_str() == owner || def.in_place_of.as_deref() == Some(owner)
    };
    let def = facts.types.iter().find(stands_for);
    def.is_some_and(|(_, def)| matches!(def.kind, Kind::Enum { other: Some(_), .. }))
}
