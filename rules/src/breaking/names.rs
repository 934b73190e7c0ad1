//! Whether two templates can name the same key, as far as stored facts tell: placeholders by the signs they may hold.
//!
//! `check` proves this exactly for the keys of one schema. Between versions only templates and types are known, so
//! this errs on the side of yes.

use crate::facts::{Facts, Key, ParamTy, Prefix, Segment, Template};

/// One sign, or any number of signs of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    One(Set),
    Many(Set),
}

/// What may stand in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Exactly(char),
    Digits,
    Hex,
    Word,
    Any,
}

impl Set {
    fn has(self, sign: char) -> bool {
        match self {
            Self::Exactly(it) => it == sign,
            Self::Digits => sign.is_ascii_digit() || sign == '-',
            Self::Hex => sign.is_ascii_digit() || ('a'..='f').contains(&sign),
            Self::Word => sign != ':' && sign != '/' && !sign.is_whitespace(),
            Self::Any => true,
        }
    }

    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Exactly(sign), set) | (set, Self::Exactly(sign)) => set.has(sign),
            _ => true,
        }
    }
}

/// Whether a key of one name may be a key of the other.
pub(super) fn may_meet(old: (&Facts, &Key), new: (&Facts, &Key)) -> bool {
    old.1.database == new.1.database
        && templates_may_meet(
            (old.0, &old.1.prefix, &old.1.template),
            (new.0, &new.1.prefix, &new.1.template),
        )
}

/// As [`may_meet`], of templates alone.
pub(super) fn templates_may_meet(
    old: (&Facts, &Prefix, &Template),
    new: (&Facts, &Prefix, &Template),
) -> bool {
    let old = spellings(old.0, old.1, old.2);
    let new = spellings(new.0, new.1, new.2);
    old.iter().any(|a| new.iter().any(|b| meet(a, b)))
}

/// The rows of signs of a template: with and without its optional part.
fn spellings(facts: &Facts, prefix: &Prefix, template: &Template) -> Vec<Vec<Sign>> {
    let mut out = vec![Vec::new()];
    text(&prefix.text, &mut out);
    append(facts, &template.segments, &mut out);
    out
}

fn append(facts: &Facts, segments: &[Segment], out: &mut Vec<Vec<Sign>>) {
    for segment in segments {
        match segment {
            Segment::Literal(literal) => text(literal, out),
            Segment::Param(name) => {
                let signs = facts
                    .params
                    .get(name)
                    .map_or_else(|| vec![Sign::Many(Set::Any)], |param| signs(&param.ty));
                for row in out.iter_mut() {
                    row.extend(&signs);
                }
            }
            Segment::Optional(inner) => {
                let mut with = out.clone();
                append(facts, inner, &mut with);
                out.extend(with);
            }
        }
    }
}

fn text(literal: &str, out: &mut [Vec<Sign>]) {
    for row in out {
        row.extend(literal.chars().map(|sign| Sign::One(Set::Exactly(sign))));
    }
}

fn signs(ty: &ParamTy) -> Vec<Sign> {
    let pattern = |pattern: &str| {
        let sign = |sign: char| {
            Sign::One(match sign {
                'x' => Set::Hex,
                '0' => Set::Digits,
                'w' => Set::Word,
                other => Set::Exactly(other),
            })
        };
        pattern.chars().map(sign).collect()
    };
    match ty {
        ParamTy::Uuid => pattern("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        ParamTy::Ulid => vec![Sign::One(Set::Word); 26],
        ParamTy::Hex(len) => {
            vec![Sign::One(Set::Hex); usize::try_from(*len).unwrap_or(64).min(256)]
        }
        ParamTy::Date(date) => pattern(&date.replace(['Y', 'M', 'D'], "0")),
        ParamTy::Unsigned(_) | ParamTy::Signed(_) | ParamTy::TimestampS | ParamTy::TimestampMs => {
            vec![Sign::Many(Set::Digits)]
        }
        ParamTy::Slug { .. } => vec![Sign::Many(Set::Word)],
        ParamTy::String { encode, .. } if encode != "raw" => vec![Sign::Many(Set::Word)],
        ParamTy::Enum(_) | ParamTy::Ip | ParamTy::String { .. } | ParamTy::Rest { .. } => {
            vec![Sign::Many(Set::Any)]
        }
    }
}

/// Whether some text is spelled by both rows: a walk over pairs of places.
fn meet(a: &[Sign], b: &[Sign]) -> bool {
    let mut reached = vec![false; (a.len() + 1) * (b.len() + 1)];
    let place = |i: usize, j: usize| i * (b.len() + 1) + j;
    let mut open = vec![(0, 0)];
    while let Some((i, j)) = open.pop() {
        if std::mem::replace(&mut reached[place(i, j)], true) {
            continue;
        }
        let (Some(x), Some(y)) = (a.get(i), b.get(j)) else {
            if i == a.len() && j == b.len() {
                return true;
            }
            continue;
        };
        let (Sign::One(left) | Sign::Many(left), Sign::One(right) | Sign::Many(right)) = (x, y);
        if !left.meets(*right) {
            continue;
        }
        // One sign of the text is taken by both; a place that takes many may go on or be done with.
        let stays = |sign: &Sign| matches!(sign, Sign::Many(_));
        open.push((i + 1, j + 1));
        if stays(x) {
            open.push((i, j + 1));
        }
        if stays(y) {
            open.push((i + 1, j));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<Sign> {
        text.chars()
            .map(|sign| match sign {
                '*' => Sign::Many(Set::Word),
                '#' => Sign::Many(Set::Digits),
                other => Sign::One(Set::Exactly(other)),
            })
            .collect()
    }

    #[test]
    fn rows_meet_where_a_text_fits_both() {
        for (a, b, expected) in [
            ("job:*", "job:*", true),
            ("job:*", "jobs:*", false),
            ("job:*", "job:abc", true),
            ("job:#", "job:abc", false),
            ("job:#", "job:12", true),
            ("job:*", "job:a:b", false),
            ("*:log", "job:*", true),
            ("job:", "job:*", false),
            ("a*b*c", "ab*bc", true),
            ("", "", true),
        ] {
            assert_eq!(meet(&row(a), &row(b)), expected, "{a} {b}");
            assert_eq!(meet(&row(b), &row(a)), expected, "{b} {a}");
        }
    }
}
