//! The exact set of texts that each type of placeholder can put into a key, as automata over bytes.

mod decimal;
mod fixed;
mod ip;
mod language;
mod sample;
mod text;

pub(crate) use language::{Language, readable};

use crate::model::{ParamType, StringEncoding};

/// What a placeholder can stand for, ready to be turned into a [`Language`].
///
/// `stop` is the first byte of the literal behind a raw placeholder: the one byte it may not hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Alphabet {
    Uuid,
    Ulid,
    Unsigned(u8),
    Signed(u8),
    Slug {
        max: Option<u32>,
    },
    Hex(u32),
    Words(Vec<String>),
    Date(String),
    Ip,
    Percent {
        max: Option<u32>,
    },
    Raw {
        max: Option<u32>,
        stop: Option<u8>,
    },
    /// Any bytes, or none: the `*` of a pattern.
    Anything,
}

impl Alphabet {
    /// The alphabet of a type of placeholder; `words` are the texts of its enum.
    pub(crate) fn of(ty: &ParamType, words: &[&str], stop: Option<u8>) -> Self {
        match ty {
            ParamType::Uuid => Self::Uuid,
            ParamType::Ulid => Self::Ulid,
            ParamType::Unsigned(bits) => Self::Unsigned(*bits),
            ParamType::Signed(bits) => Self::Signed(*bits),
            ParamType::Slug { max } => Self::Slug { max: *max },
            ParamType::Hex(length) => Self::Hex(*length),
            ParamType::Enum(_) => Self::Words(words.iter().map(|w| (*w).to_owned()).collect()),
            ParamType::Date(format) => Self::Date(format.pattern().to_owned()),
            // Moments before 1970 are negative.
            ParamType::TimestampS | ParamType::TimestampMs => Self::Signed(64),
            ParamType::Ip => Self::Ip,
            ParamType::String { max, encoding } => match encoding {
                StringEncoding::Percent => Self::Percent { max: *max },
                StringEncoding::Hash => Self::Hex(64),
                StringEncoding::Raw { .. } => Self::Raw { max: *max, stop },
            },
            ParamType::Rest { max } => Self::Raw {
                max: *max,
                stop: None,
            },
        }
    }

    /// The automaton.
    pub(crate) fn language(&self) -> Language {
        match self {
            Self::Uuid => fixed::uuid(),
            Self::Ulid => fixed::ulid(),
            Self::Unsigned(bits) => decimal::unsigned(*bits),
            Self::Signed(bits) => decimal::signed(*bits),
            Self::Slug { max } => text::slug(*max),
            Self::Hex(length) => fixed::hex(*length),
            Self::Words(words) => fixed::words(words),
            Self::Date(pattern) => fixed::date(pattern),
            Self::Ip => ip::ip(),
            Self::Percent { max } => text::percent(*max),
            Self::Raw { max, stop } => text::raw(*max, *stop),
            Self::Anything => text::anything(),
        }
    }

    /// Whether a value may be continued by `byte` to another value, or is read as if it were: such a
    /// byte cannot follow the placeholder in a template.
    pub(crate) fn continues(&self, byte: u8) -> bool {
        match self {
            Self::Uuid | Self::Ulid | Self::Hex(_) | Self::Date(_) => false,
            // A minus comes first or not at all.
            Self::Unsigned(_) | Self::Signed(_) => byte.is_ascii_digit(),
            Self::Slug { .. } => is_slug(byte),
            Self::Words(words) => words.iter().any(|long| {
                words.iter().any(|short| {
                    short.len() < long.len()
                        && long.starts_with(short.as_str())
                        && long.as_bytes()[short.len()] == byte
                })
            }),
            Self::Ip => byte.is_ascii_hexdigit() || byte == b':' || byte == b'.',
            Self::Percent { .. } => is_unreserved(byte) || byte == b'%',
            Self::Raw { stop, .. } => Some(byte) != *stop,
            Self::Anything => true,
        }
    }

    /// Whether a value can end only in one place whatever follows it.
    pub(crate) fn ends_by_itself(&self) -> bool {
        (0..=u8::MAX).all(|byte| !self.continues(byte))
    }

    /// Readable members, the most telling first; never empty unless the alphabet is.
    pub(crate) fn samples(&self) -> Vec<String> {
        let language = self.language();
        let mut found = sample::candidates(self);
        found.retain(|text| language.contains(text.as_bytes()));
        if found.is_empty() {
            found.extend(String::from_utf8(language.shortest()));
        }
        found
    }

    /// Longest value in bytes, if there is one.
    pub(crate) fn longest(&self) -> Option<u64> {
        match self {
            Self::Uuid => Some(36),
            Self::Ulid => Some(26),
            Self::Unsigned(bits) => Some(decimal::digits(*bits, false)),
            Self::Signed(bits) => Some(1 + decimal::digits(*bits, true)),
            Self::Hex(length) => Some(u64::from(*length)),
            Self::Words(words) => words.iter().map(|word| word.len() as u64).max(),
            Self::Date(pattern) => Some(pattern.len() as u64),
            // Eight groups of four digits.
            Self::Ip => Some(39),
            Self::Slug { max } | Self::Raw { max, .. } => max.map(u64::from),
            Self::Percent { max } => max.map(|max| 3 * u64::from(max)),
            Self::Anything => None,
        }
    }
}

/// `[A-Za-z0-9._-]`
pub(crate) const fn is_slug(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

/// What percent-encoding leaves alone.
const fn is_unreserved(byte: u8) -> bool {
    is_slug(byte) || byte == b'~'
}

/// `[0-9a-f]`
pub(crate) const fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

#[cfg(test)]
mod tests;
