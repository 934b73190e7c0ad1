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
        return Err(not_a_duration(text, why(unit)));
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

/// A duration in the largest unit that divides it, as [`duration`] reads it.
pub(crate) fn shortest(duration: Duration) -> String {
    let ms = duration.as_millis();
    let fits = |(_, factor): &&(&str, u64)| ms.is_multiple_of(u128::from(*factor));
    let (name, factor) = UNITS.iter().rev().find(fits).unwrap_or(&UNITS[0]);
    format!("{}{name}", ms / u128::from(*factor))
}

/// What is wrong with what follows the number.
fn why(unit: &str) -> &'static str {
    if unit.starts_with(['.', ',']) {
        "not a whole number"
    } else if unit.contains(|c: char| c.is_ascii_digit()) {
        "more than one number"
    } else if unit.starts_with(char::is_whitespace) && is_unit(unit.trim()) {
        "a blank before the unit"
    } else {
        "no unit of time is called that"
    }
}

fn not_a_duration(text: &Text<'_>, label: &str) -> Box<crate::diagnostic::Diagnostic> {
    let written = text.text();
    let help = match meant(written) {
        Some(better) => format!("write `{better}`"),
        None => "write a whole number and a unit: `500ms`, `90s`, `5m`, `24h` or `7d`".to_owned(),
    };
    Box::new(
        text.mistake(Code::E0601, format!("`{written}` is not a duration"))
            .label(label)
            .help(help),
    )
}

fn is_unit(text: &str) -> bool {
    UNITS.iter().any(|(name, _)| *name == text)
}

/// The duration that was probably meant: `1 hour`, `1h30m`, `1.5h` and `2w` in one whole number and one unit.
fn meant(written: &str) -> Option<String> {
    let mut rest = written.trim();
    let mut total: u64 = 0;
    let mut last = 1;
    while !rest.is_empty() {
        let (number, behind) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.')?);
        let behind = behind.trim_start();
        let end = behind.find(|c: char| !c.is_alphabetic());
        let (unit, next) = behind.split_at(end.unwrap_or(behind.len()));
        last = factor(unit)?;
        total = total.checked_add(milliseconds(number, last)?)?;
        rest = next.trim_start();
    }
    // In the unit that was written, if that can say it.
    let fits = |(_, factor): &&(&str, u64)| total > 0 && total.is_multiple_of(*factor);
    let written = UNITS.iter().find(|(_, factor)| *factor == last);
    let (name, factor) = written
        .filter(fits)
        .or_else(|| UNITS.iter().rev().find(fits))?;
    (total <= LONGEST_MS).then(|| format!("{}{name}", total / factor))
}

/// A unit by any of its usual names.
fn factor(unit: &str) -> Option<u64> {
    let name = match unit.to_lowercase().as_str() {
        "ms" | "millis" | "millisecond" | "milliseconds" => "ms",
        "s" | "sec" | "secs" | "second" | "seconds" => "s",
        "m" | "min" | "mins" | "minute" | "minutes" => "m",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "week" | "weeks" => return factor("d").map(|day| 7 * day),
        _ => return None,
    };
    let known = UNITS.iter().find(|(known, _)| *known == name);
    known.map(|(_, factor)| *factor)
}

/// A number with at most three decimals, times a unit, if milliseconds can say it exactly.
fn milliseconds(number: &str, factor: u64) -> Option<u64> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    if decimals.len() > 3 {
        return None;
    }
    let thousandths: u64 = format!("{decimals:0<3}").parse().ok()?;
    let part = thousandths.checked_mul(factor)?;
    let whole = whole.parse::<u64>().ok()?.checked_mul(factor)?;
    part.is_multiple_of(1000)
        .then(|| whole.checked_add(part / 1000))?
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use super::{duration, shortest};
    use crate::text::testing::plain;

    #[test]
    fn writes_the_largest_unit() {
        for text in ["1500ms", "90s", "5m", "1h", "36500d"] {
            assert_eq!(shortest(duration(&plain(text)).unwrap()), text);
        }
        assert_eq!(shortest(Duration::from_secs(172_800)), "2d");
    }

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
    fn says_what_to_write_for_other_spellings() {
        for (text, better) in [
            ("1 hour", "1h"),
            ("1h30m", "90m"),
            ("1.5h", "90m"),
            ("2w", "14d"),
            ("90 Mins", "90m"),
            ("24H", "24h"),
            ("1 day", "1d"),
            ("0.25 s", "250ms"),
        ] {
            let found = duration(&plain(text)).unwrap_err();
            assert_eq!(found.help.unwrap(), format!("write `{better}`"));
        }
        for text in [
            "1y",
            "1.2.3h",
            "-1h",
            "0.0001s",
            "99999999999999999h 1m",
            "1h30",
            "",
            ".",
        ] {
            let found = duration(&plain(text)).unwrap_err();
            assert!(found.help.unwrap().contains("a unit"), "{text}");
        }
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
