//! Placeholders of one length, and lists of words.

use super::{Language, is_hex};

/// Characters of one place each.
fn places(len: usize, allowed: impl Fn(usize, u8) -> bool) -> Language {
    Language::explore(
        0,
        None,
        |at| *at == len,
        |at, byte| (*at < len && allowed(*at, byte)).then_some((at + 1, false)),
    )
}

pub(super) fn uuid() -> Language {
    places(36, |at, byte| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => is_hex(byte),
    })
}

pub(super) fn ulid() -> Language {
    // 128 bits in 26 characters of 5 bits leave 3 bits for the first.
    places(26, |at, byte| match at {
        0 => matches!(byte, b'0'..=b'7'),
        _ => matches!(byte, b'0'..=b'9' | b'A'..=b'Z') && !b"ILOU".contains(&byte),
    })
}

pub(super) fn hex(len: u32) -> Language {
    places(len as usize, |_, byte| is_hex(byte))
}

pub(super) fn words(words: &[String]) -> Language {
    let mut sorted: Vec<&[u8]> = words.iter().map(String::as_bytes).collect();
    sorted.sort_unstable();
    // A state is a prefix: the words that start with it are neighbours, so the first tells them all.
    Language::explore(
        Vec::new(),
        None,
        |prefix: &Vec<u8>| sorted.binary_search(&prefix.as_slice()).is_ok(),
        |prefix, byte| {
            let mut longer = prefix.clone();
            longer.push(byte);
            let at = sorted.partition_point(|word| *word < longer.as_slice());
            let found = sorted.get(at)?.starts_with(&longer);
            found.then_some((longer, false))
        },
    )
}

/// A date by a pattern of `YYYY`, `MM`, `DD` and separators. Every month is given 31 days.
pub(super) fn date(pattern: &str) -> Language {
    let bytes = pattern.as_bytes();
    let len = bytes.len();
    Language::explore(
        (0, 0),
        None,
        |(at, _)| *at == len,
        |&(at, before), byte| {
            let place = *bytes.get(at)?;
            let second = at > 0 && bytes[at - 1] == place;
            let allowed = match (place, second, before) {
                (b'Y', ..) => byte.is_ascii_digit(),
                (b'M', false, _) => matches!(byte, b'0' | b'1'),
                (b'M', true, b'0') | (b'D', true, b'0') => matches!(byte, b'1'..=b'9'),
                (b'M', true, _) => matches!(byte, b'0'..=b'2'),
                (b'D', false, _) => matches!(byte, b'0'..=b'3'),
                (b'D', true, b'3') => matches!(byte, b'0' | b'1'),
                (b'D', true, _) => byte.is_ascii_digit(),
                (separator, ..) => byte == separator,
            };
            // What was read matters only between the two digits of a month or day.
            let kept = if matches!(place, b'M' | b'D') && !second {
                byte
            } else {
                0
            };
            allowed.then_some(((at + 1, kept), false))
        },
    )
}
