//! Durations: `500ms`, `90s`, `5m`, `24h`, `7d`.

use std::time::Duration;

use super::number::digits;
use super::{Parsed, Text};
use crate::diagnostic::Code;

const UNITS: [(&str, u64); 5] = [
    ("ms", 1),
    ("s", 1000),
    ("m", 60 * 1000),
    ("h", 60 * 60 * 1000),
    ("d", 24 * 60 * 60 * 1000),
];
/// A century: longer lifetimes are mistakes, and far from where the server's arithmetic ends.
const LONGEST_MS: u64 = 36_500 * 24 * 60 * 60 * 1000;

/// Reads a duration of at least one millisecond.
pub(crate) fn duration(text: &Text<'_>) -> Parsed<Duration> {
    let written = text.text();
    let (number, unit) = written.split_at(digits(written));
    let Ok(amount) = number.parse::<u64>() else {
        return Err(not_a_duration(text, "no whole number comes first"));
    };
    if unit.is_empty() {
        return Err(Box::new(
            text.mistake(Code::E0601, format!("`{written}` lacks a unit of time"))
                .label("how long is this?")
                .help(format!(
                    "write `{amount}s` for seconds; the units are `ms`, `s`, `m`, `h` and `d`"
                )),
        ));
    }
    let Some((_, factor)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(not_a_duration(text, "no unit of time is called that"));
    };
    match amount.checked_mul(*factor) {
        Some(0) => Err(Box::new(
            text.mistake(Code::E0601, "a duration of nothing")
                .label("at least `1ms`")
                .help("a key that should not be stored at all needs no declaration"),
        )),
        Some(ms) if ms <= LONGEST_MS => Ok(Duration::from_millis(ms)),
        _ => Err(Box::new(
            text.mistake(Code::E0601, format!("`{written}` is longer than a century"))
                .label("at most `36500d`")
                .help("for keys that never expire write `ttl: { none: \"why\" }`"),
        )),
    }
}

fn not_a_duration(text: &Text<'_>, label: &str) -> Box<crate::diagnostic::Diagnostic> {
    Box::new(
        text.mistake(Code::E0601, format!("`{}` is not a duration", text.text()))
            .label(label)
            .help("write a whole number and a unit: `500ms`, `90s`, `5m`, `24h` or `7d`"),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use super::duration;
    use crate::text::testing::plain;

    #[test]
    fn reads_every_unit() {
        for (text, ms) in [
            ("500ms", 500),
            ("90s", 90_000),
            ("5m", 300_000),
            ("24h", 86_400_000),
            ("7d", 604_800_000),
            ("36500d", 3_153_600_000_000),
        ] {
            assert_eq!(duration(&plain(text)).unwrap(), Duration::from_millis(ms));
        }
    }

    #[test]
    fn says_what_to_write_for_a_bare_number() {
        let found = duration(&plain("3600")).unwrap_err();
        assert!(found.help.unwrap().contains("`3600s`"));
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "h",
            "-1s",
            "1.5h",
            "1 h",
            "1y",
            "1H",
            "0s",
            "36501d",
            "99999999999999999999s",
            "1h30m",
        ] {
            assert!(duration(&plain(text)).is_err(), "{text}");
        }
    }
}
