//! Placeholders of any length.

use super::{Language, is_slug, is_unreserved};

pub(super) fn slug(max: Option<u32>) -> Language {
    Language::explore(
        false,
        max,
        |begun| *begun,
        |_, byte| is_slug(byte).then_some((true, true)),
    )
}

/// At least one byte of UTF-8 text without `stop`.
pub(super) fn raw(max: Option<u32>, stop: Option<u8>) -> Language {
    Language::explore(
        (false, Utf8::Boundary),
        max,
        |(begun, utf8)| *begun && *utf8 == Utf8::Boundary,
        |(_, utf8), byte| {
            let next = utf8.step(byte).filter(|_| Some(byte) != stop)?;
            Some(((true, next), true))
        },
    )
}

pub(super) fn anything() -> Language {
    Language::explore((), None, |()| true, |(), _| Some(((), false)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Escape {
    None,
    Percent,
    High(u8),
}

/// At least one byte of UTF-8 text where all but unreserved bytes are `%XX`; the bound counts bytes
/// before encoding.
pub(super) fn percent(max: Option<u32>) -> Language {
    Language::explore(
        (false, Utf8::Boundary, Escape::None),
        max,
        |state| *state == (true, Utf8::Boundary, Escape::None),
        |&(_, utf8, escape), byte| match escape {
            Escape::None if byte == b'%' => Some(((true, utf8, Escape::Percent), true)),
            Escape::None if utf8 == Utf8::Boundary && is_unreserved(byte) => {
                Some(((true, utf8, Escape::None), true))
            }
            Escape::None => None,
            Escape::Percent => {
                let high = digit(byte)? << 4;
                let possible =
                    (high..=high | 15).any(|b| !is_unreserved(b) && utf8.step(b).is_some());
                possible.then_some(((true, utf8, Escape::High(high)), false))
            }
            Escape::High(high) => {
                let decoded = high | digit(byte)?;
                let next = utf8.step(decoded).filter(|_| !is_unreserved(decoded))?;
                Some(((true, next, Escape::None), false))
            }
        },
    )
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Where in a character of UTF-8 one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Utf8 {
    Boundary,
    /// So many continuation bytes are due.
    Due(u8),
    /// The next byte is due in this range, then so many more.
    Narrow(u8, u8, u8),
}

impl Utf8 {
    fn step(self, byte: u8) -> Option<Self> {
        match (self, byte) {
            (Self::Boundary, 0x00..=0x7F) => Some(Self::Boundary),
            (Self::Boundary, 0xC2..=0xDF) => Some(Self::Due(1)),
            (Self::Boundary, 0xE0) => Some(Self::Narrow(0xA0, 0xBF, 1)),
            (Self::Boundary, 0xED) => Some(Self::Narrow(0x80, 0x9F, 1)),
            (Self::Boundary, 0xE1..=0xEF) => Some(Self::Due(2)),
            (Self::Boundary, 0xF0) => Some(Self::Narrow(0x90, 0xBF, 2)),
            (Self::Boundary, 0xF4) => Some(Self::Narrow(0x80, 0x8F, 2)),
            (Self::Boundary, 0xF1..=0xF3) => Some(Self::Due(3)),
            (Self::Due(1), 0x80..=0xBF) => Some(Self::Boundary),
            (Self::Due(more), 0x80..=0xBF) => Some(Self::Due(more - 1)),
            (Self::Narrow(low, high, more), _) if (low..=high).contains(&byte) => {
                Some(Self::Due(more))
            }
            _ => None,
        }
    }
}
