//! Templates as rows of what may stand in each place.

use crate::facts::{Facts, Kind, ParamTy, Prefix, Segment, Template};

/// Digits of a placeholder of fixed length that are told one by one.
const LONGEST: u32 = 256;

/// One byte, or one and more bytes of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    One(Set),
    Many(Set),
}

/// The bytes that may stand in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set([u64; 4]);

impl Sign {
    pub(super) const fn set(self) -> Set {
        match self {
            Self::One(set) | Self::Many(set) => set,
        }
    }

    pub(super) const fn is_many(self) -> bool {
        matches!(self, Self::Many(_))
    }
}

impl Set {
    const ANY: Self = Self([u64::MAX; 4]);

    pub(super) fn of(has: impl Fn(u8) -> bool) -> Self {
        let mut set = Self([0; 4]);
        for byte in (0..=u8::MAX).filter(|byte| has(*byte)) {
            set.add(byte);
        }
        set
    }

    pub(super) fn exactly(byte: u8) -> Self {
        let mut set = Self([0; 4]);
        set.add(byte);
        set
    }

    fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    pub(super) fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] & 1 << (byte & 63) != 0
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }
}

/// The rows of a template: with and without its optional parts.
pub(super) fn rows(facts: &Facts, prefix: &Prefix, template: &Template) -> Vec<Vec<Sign>> {
    let mut out = vec![Vec::new()];
    text(&prefix.text, &mut out);
    append(facts, &template.segments, &mut out);
    out
}

fn append(facts: &Facts, segments: &[Segment], out: &mut Vec<Vec<Sign>>) {
    for (at, segment) in segments.iter().enumerate() {
        match segment {
            Segment::Literal(literal) => text(literal, out),
            Segment::Param(name) => {
                let stop = segments.get(at + 1).and_then(first_byte);
                let ty = facts.params.get(name).map(|param| &param.ty);
                let signs =
                    ty.map_or_else(|| vec![Sign::Many(Set::ANY)], |ty| signs(facts, ty, stop));
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

/// The byte that a literal begins with: a raw placeholder before it cannot hold it.
fn first_byte(segment: &Segment) -> Option<u8> {
    match segment {
        Segment::Literal(text) => text.bytes().next(),
        _ => None,
    }
}

fn text(literal: &str, out: &mut [Vec<Sign>]) {
    for row in out {
        row.extend(literal.bytes().map(|byte| Sign::One(Set::exactly(byte))));
    }
}

fn signs(facts: &Facts, ty: &ParamTy, stop: Option<u8>) -> Vec<Sign> {
    let hex = || Set::of(|byte| byte.is_ascii_hexdigit());
    let many = |has: fn(u8) -> bool| vec![Sign::Many(Set::of(has))];
    match ty {
        ParamTy::Uuid => pattern("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", 'x', hex()),
        ParamTy::Ulid => vec![Sign::One(Set::of(|byte| byte.is_ascii_alphanumeric())); 26],
        ParamTy::Hex(len @ ..=LONGEST) => vec![Sign::One(hex()); *len as usize],
        ParamTy::Hex(_) => vec![Sign::Many(hex())],
        ParamTy::Date(date) => {
            let digits = Set::of(|byte| byte.is_ascii_digit());
            pattern(&date.replace(['Y', 'M', 'D'], "0"), '0', digits)
        }
        ParamTy::Unsigned(_) => many(|byte| byte.is_ascii_digit()),
        ParamTy::Signed(_) | ParamTy::TimestampS | ParamTy::TimestampMs => {
            many(|byte| byte.is_ascii_digit() || byte == b'-')
        }
        ParamTy::Slug { .. } => many(is_slug),
        ParamTy::String { encode, .. } if encode != "raw" => {
            many(|byte| is_slug(byte) || matches!(byte, b'~' | b'%'))
        }
        ParamTy::Enum(name) => vec![Sign::Many(words(facts, name))],
        ParamTy::Ip => many(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')),
        ParamTy::String { .. } => vec![Sign::Many(Set::of(|byte| Some(byte) != stop))],
        ParamTy::Rest { .. } => vec![Sign::Many(Set::ANY)],
    }
}

/// A form of fixed length in which one character stands for a set.
fn pattern(form: &str, placeholder: char, set: Set) -> Vec<Sign> {
    let sign = |byte| match char::from(byte) == placeholder {
        true => set,
        false => Set::exactly(byte),
    };
    form.bytes().map(|byte| Sign::One(sign(byte))).collect()
}

const fn is_slug(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

/// The bytes that an enum's variants are made of.
fn words(facts: &Facts, name: &str) -> Set {
    let Some(Kind::Enum { variants, .. }) = facts.types.get(name).map(|def| &def.kind) else {
        return Set::ANY;
    };
    let mut set = Set([0; 4]);
    for byte in variants.values().flat_map(|variant| variant.text.bytes()) {
        set.add(byte);
    }
    set
}
