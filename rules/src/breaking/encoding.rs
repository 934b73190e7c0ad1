//! How the texts of placeholders relate: what a key built by the old version is called by the new one.

use crate::facts::ParamTy;

/// What becomes of the text of a placeholder's value when its type changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The same values have the same text.
    Same,
    /// Every old value keeps its text, and there are new values.
    Widens,
    /// As [`Widens`](Self::Widens), and the new values may hold `:` and other signs that templates are made of.
    WidensToSigns,
    /// Some old values are refused now, or have another text.
    Loses,
}

/// How the type of a placeholder steps from one to the other.
pub(super) fn step(old: &ParamTy, new: &ParamTy) -> Step {
    if old == new {
        Step::Same
    } else if !keeps(old, new) {
        Step::Loses
    } else if holds_signs(new) && !holds_signs(old) {
        Step::WidensToSigns
    } else {
        Step::Widens
    }
}

/// Whether every value of `old` is one of `new` and keeps its text.
fn keeps(old: &ParamTy, new: &ParamTy) -> bool {
    use ParamTy as P;
    let longest = longest(old);
    let fits = |max: &Option<u32>| max.is_none_or(|max| longest.is_some_and(|it| it <= max));
    match (old, new) {
        (P::Unsigned(old), P::Unsigned(new)) | (P::Signed(old), P::Signed(new)) => old <= new,
        (P::Unsigned(old), P::Signed(new)) => old < new,
        (P::TimestampS | P::TimestampMs, P::Unsigned(64)) => true,
        (P::Enum(_), P::Enum(_)) => true,
        (P::Slug { .. } | P::Uuid | P::Unsigned(_) | P::Hex(_), P::Slug { max }) => fits(max),
        (P::Enum(_), _) | (_, P::Enum(_)) => false,
        (P::String { encode: a, .. }, P::String { encode: b, max }) => a == b && fits(max),
        (P::Rest { .. } | P::Ip, P::String { encode, max }) => encode == "raw" && fits(max),
        (P::String { encode, .. }, P::Rest { max }) => encode == "raw" && fits(max),
        (_, P::String { encode, max }) => encode != "hash" && fits(max),
        (_, P::Rest { max }) => fits(max),
        _ => old == new,
    }
}

/// The most signs that a value's text may have; `None` when nothing bounds it.
fn longest(ty: &ParamTy) -> Option<u32> {
    Some(match ty {
        ParamTy::Uuid => 36,
        ParamTy::Ulid => 26,
        ParamTy::Unsigned(_) | ParamTy::Signed(_) => 20,
        ParamTy::TimestampS | ParamTy::TimestampMs => 20,
        ParamTy::Hex(len) => *len,
        ParamTy::Ip => 45,
        ParamTy::Date(pattern) => u32::try_from(pattern.len()).ok()?,
        ParamTy::Slug { max } | ParamTy::String { max, .. } | ParamTy::Rest { max } => (*max)?,
        ParamTy::Enum(_) => return None,
    })
}

/// Whether values may hold the signs that templates and patterns are made of.
fn holds_signs(ty: &ParamTy) -> bool {
    match ty {
        ParamTy::Rest { .. } | ParamTy::Ip => true,
        ParamTy::String { encode, .. } => encode == "raw",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(encode: &str, max: Option<u32>) -> ParamTy {
        ParamTy::String {
            max,
            encode: encode.to_owned(),
        }
    }

    #[test]
    fn steps_between_types() {
        let slug = |max| ParamTy::Slug { max };
        for (old, new, expected) in [
            (ParamTy::Uuid, ParamTy::Uuid, Step::Same),
            (ParamTy::Unsigned(32), ParamTy::Unsigned(64), Step::Widens),
            (ParamTy::Unsigned(64), ParamTy::Unsigned(32), Step::Loses),
            (ParamTy::Unsigned(64), ParamTy::Signed(64), Step::Loses),
            (ParamTy::Unsigned(32), ParamTy::Signed(64), Step::Widens),
            (slug(Some(20)), slug(Some(64)), Step::Widens),
            (slug(None), slug(Some(64)), Step::Loses),
            (ParamTy::Uuid, slug(Some(64)), Step::Widens),
            (ParamTy::Uuid, slug(Some(20)), Step::Loses),
            (ParamTy::Uuid, ParamTy::Ulid, Step::Loses),
            (ParamTy::TimestampS, ParamTy::TimestampMs, Step::Loses),
            (slug(Some(9)), text("percent", None), Step::Widens),
            (slug(Some(9)), text("raw", None), Step::WidensToSigns),
            (slug(Some(9)), text("hash", None), Step::Loses),
            (text("percent", None), text("raw", None), Step::Loses),
            (
                text("raw", Some(9)),
                ParamTy::Rest { max: None },
                Step::Widens,
            ),
            (
                ParamTy::Uuid,
                ParamTy::Rest { max: None },
                Step::WidensToSigns,
            ),
        ] {
            assert_eq!(step(&old, &new), expected, "{old:?} to {new:?}");
        }
    }
}
