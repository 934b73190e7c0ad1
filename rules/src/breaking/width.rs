//! How the values of two types relate: which old values a new reader takes, and the other way round.

use super::Comparison;
use crate::facts::{Facts, Kind, Ty};

/// The kinds of difference that make another type of one. Two rules share them: one for wider types, one for the others.
pub(super) const CLAIMS: &[&str] = &[
    "value.type.kind",
    "counter.type.kind",
    "document.type.kind",
    "field.type.kind",
];

/// What becomes of stored values when their type changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// Every old value is one of the new type and means the same; there are new ones that an old reader refuses.
    Widens,
    /// Some old values are refused.
    Narrows,
    /// The two have little in common.
    Differs,
}

/// How a type of the old version steps to one of the new.
pub(super) fn width(old: &Ty, new: &Ty, comparison: &Comparison<'_>) -> Width {
    if holds((comparison.new, new), (comparison.old, old)) {
        Width::Widens
    } else if holds((comparison.old, old), (comparison.new, new)) {
        Width::Narrows
    } else {
        Width::Differs
    }
}

/// Whether every value of the second type is one of the first, written alike in every format.
fn holds((wide_facts, wide): (&Facts, &Ty), (facts, narrow): (&Facts, &Ty)) -> bool {
    if wide == narrow {
        return true;
    }
    match (wide, narrow) {
        (Ty::Any, narrow) => *narrow != Ty::Bytes,
        (Ty::Unsigned(a), Ty::Unsigned(b)) | (Ty::Signed(a), Ty::Signed(b)) => a >= b,
        (Ty::Float(a), Ty::Float(b)) => a >= b,
        (Ty::Signed(a), Ty::Unsigned(b)) => a > b,
        // A float of 64 bits holds integers of 53.
        (Ty::Float(64), Ty::Unsigned(bits) | Ty::Signed(bits)) => *bits <= 32,
        (Ty::Unsigned(64) | Ty::Signed(64), Ty::TimestampS | Ty::TimestampMs) => true,
        (Ty::Unsigned(64) | Ty::Signed(64), Ty::DurationS | Ty::DurationMs) => true,
        (Ty::Slug { max }, Ty::Uuid) => max.is_none_or(|max| max >= 36),
        (Ty::Slug { max }, Ty::Hex(len)) => max.is_none_or(|max| max >= *len),
        (Ty::String { max }, narrow) => {
            is_text(facts, narrow) && max.is_none_or(|max| fits(narrow, max))
        }
        (Ty::List(a), Ty::List(b)) | (Ty::Map(a), Ty::Map(b)) => holds((wide_facts, a), (facts, b)),
        _ => false,
    }
}

/// Whether values are text, in JSON too.
fn is_text(facts: &Facts, ty: &Ty) -> bool {
    match ty {
        Ty::String { .. } | Ty::Slug { .. } | Ty::Hex(_) => true,
        Ty::Uuid | Ty::Ulid | Ty::Ip | Ty::Datetime | Ty::Decimal | Ty::KeyName(_) => true,
        Ty::Named(name) => facts
            .types
            .get(name)
            .is_some_and(|def| matches!(def.kind, Kind::Enum { .. })),
        _ => false,
    }
}

/// Whether the text of every value is at most that long.
fn fits(ty: &Ty, max: u32) -> bool {
    match ty {
        Ty::String { max: own } | Ty::Slug { max: own } => own.is_some_and(|own| own <= max),
        Ty::Hex(len) => *len <= max,
        Ty::Uuid => max >= 36,
        Ty::Ulid => max >= 26,
        Ty::Ip => max >= 45,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn empty() -> Facts {
        let text = r#"{"format":1,"schema":{"name":"s","version":1,"edition":1,"server_min":"7.0","flavour":"redis","topology":"standalone"},"databases":{}}"#;
        Facts::from_json(text).unwrap()
    }

    fn step(old: &Ty, new: &Ty) -> Width {
        let facts = empty();
        width(old, new, &Comparison::new(&facts, &facts))
    }

    fn some_types() -> Vec<Ty> {
        let mut out = vec![
            Ty::Any,
            Ty::Bool,
            Ty::Bytes,
            Ty::Uuid,
            Ty::Ulid,
            Ty::Ip,
            Ty::TimestampS,
            Ty::TimestampMs,
            Ty::Datetime,
            Ty::DurationS,
            Ty::Decimal,
            Ty::Hex(8),
            Ty::Hex(64),
            Ty::String { max: None },
            Ty::String { max: Some(40) },
            Ty::Slug { max: None },
            Ty::Slug { max: Some(20) },
        ];
        for bits in [8, 16, 32, 64] {
            out.extend([Ty::Unsigned(bits), Ty::Signed(bits)]);
        }
        out.extend([Ty::Float(32), Ty::Float(64)]);
        let lists: Vec<Ty> = out
            .iter()
            .cloned()
            .map(|ty| Ty::List(Box::new(ty)))
            .collect();
        out.extend(lists);
        out
    }

    #[test]
    fn numbers_and_texts() {
        for (old, new, expected) in [
            (Ty::Signed(32), Ty::Signed(64), Width::Widens),
            (Ty::Signed(64), Ty::Signed(32), Width::Narrows),
            (Ty::Unsigned(32), Ty::Signed(64), Width::Widens),
            (Ty::Unsigned(64), Ty::Signed(64), Width::Differs),
            (Ty::Unsigned(64), Ty::Float(64), Width::Differs),
            (Ty::Uuid, Ty::String { max: None }, Width::Widens),
            (Ty::String { max: None }, Ty::Uuid, Width::Narrows),
            (Ty::Unsigned(8), Ty::String { max: None }, Width::Differs),
            (Ty::Bool, Ty::Any, Width::Widens),
        ] {
            assert_eq!(step(&old, &new), expected, "{old:?} to {new:?}");
        }
    }

    /// The relation is an order: what widens one way narrows the other, and steps add up.
    #[test]
    fn widening_is_an_order() {
        let facts = empty();
        let types = some_types();
        let holds = |wide: &Ty, narrow: &Ty| holds((&facts, wide), (&facts, narrow));
        for a in &types {
            for b in types.iter().filter(|b| *b != a) {
                assert!(
                    !(holds(a, b) && holds(b, a)),
                    "{a:?} and {b:?} hold each other"
                );
                for c in &types {
                    if holds(a, b) && holds(b, c) {
                        assert!(holds(a, c), "{a:?} holds {b:?}, which holds {c:?}");
                    }
                }
            }
        }
    }
}
