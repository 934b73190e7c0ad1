//! Whole numbers, counts, percentages and versions.

use super::{Parsed, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Version;

/// Length of the run of decimal digits that a text starts with.
pub(super) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Reads a whole number such as `60`, `-3` or `1_000`.
pub(crate) fn whole(text: &str) -> Option<i128> {
    let (sign, number) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let grouped = number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'_')
        && !number.contains("__");
    if !grouped {
        return None;
    }
    format!("{sign}{}", number.replace('_', "")).parse().ok()
}

/// Reads a number of things: `1000`, `10k`, `2M`.
pub(crate) fn count(text: &Text<'_>) -> Parsed<u64> {
    let written = text.text();
    let (number, factor) = match written.as_bytes().last() {
        Some(b'k') => (&written[..written.len() - 1], 1000),
        Some(b'M') => (&written[..written.len() - 1], 1_000_000),
        _ => (written, 1),
    };
    whole(number)
        .and_then(|n| u64::try_from(n).ok())
        .and_then(|n| n.checked_mul(factor))
        .ok_or_else(|| {
            let found = text
                .mistake(Code::E0611, format!("`{written}` is not a count"))
                .label("expected a whole number")
                .help("write a whole number such as `1000`, `10k` or `2M`");
            Box::new(found)
        })
}

/// Reads a share such as `10%` or `2.5%`, in thousandths.
pub(crate) fn permille(text: &Text<'_>) -> Parsed<u16> {
    read_permille(text.text()).ok_or_else(|| {
        let help = match whole(text.text()) {
            Some(number) => format!("write `{number}%`"),
            None => String::from("write a share such as `10%` or `2.5%`"),
        };
        let message = format!("`{}` is not a percentage", text.text());
        Box::new(
            text.mistake(Code::E0602, message)
                .label("expected a percentage")
                .help(help),
        )
    })
}

fn read_permille(text: &str) -> Option<u16> {
    let number = text.strip_suffix('%')?;
    let (whole, tenth) = match number.split_once('.') {
        Some((whole, tenth)) if tenth.len() == 1 => (whole, tenth),
        Some(_) => return None,
        None => (number, "0"),
    };
    let plain = |part: &str| !part.is_empty() && digits(part) == part.len();
    if !plain(whole) || !plain(tenth) {
        return None;
    }
    let whole: u16 = whole.parse().ok()?;
    whole.checked_mul(10)?.checked_add(tenth.parse().ok()?)
}

/// Reads `7` or `7.2`.
pub(crate) fn version(text: &Text<'_>) -> Parsed<Version> {
    let written = text.text();
    let mut parts = written.split('.').map(|part| {
        (digits(part) == part.len())
            .then(|| part.parse::<u16>().ok())
            .flatten()
    });
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Some(major)), None, None) => Ok(Version::new(major, 0)),
        (Some(Some(major)), Some(Some(minor)), None) => Ok(Version::new(major, minor)),
        (Some(Some(major)), Some(Some(minor)), Some(_)) => Err(Box::new(not_a_version(text).help(
            format!("write `\"{major}.{minor}\"`: patches do not matter"),
        ))),
        _ => Err(Box::new(
            not_a_version(text).help("write major and minor number in quotes: `\"7.0\"`"),
        )),
    }
}

fn not_a_version(text: &Text<'_>) -> Diagnostic {
    text.mistake(
        Code::E0903,
        format!("`{}` is not a server version", text.text()),
    )
    .label("expected major and minor number")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::text::testing::plain;

    #[test]
    fn whole_numbers() {
        assert_eq!(whole("0"), Some(0));
        assert_eq!(whole("-3"), Some(-3));
        assert_eq!(whole("1_000"), Some(1000));
        assert_eq!(whole("18446744073709551615"), Some(u64::MAX.into()));
        for text in [
            "", "-", "+1", "_1", "1_", "1__0", "0x10", "1.0", "1e3", " 1", "--1",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn counts() {
        assert_eq!(count(&plain("1000")).unwrap(), 1000);
        assert_eq!(count(&plain("10k")).unwrap(), 10_000);
        assert_eq!(count(&plain("2M")).unwrap(), 2_000_000);
        for text in ["", "k", "-1", "1.5k", "1K", "18446744073709551615k"] {
            assert!(count(&plain(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn percentages() {
        assert_eq!(permille(&plain("10%")).unwrap(), 100);
        assert_eq!(permille(&plain("2.5%")).unwrap(), 25);
        assert_eq!(permille(&plain("0%")).unwrap(), 0);
        for text in ["", "%", "10", "-1%", "1.25%", ".5%", "1.%", "70000%", "1 %"] {
            assert!(permille(&plain(text)).is_err(), "{text}");
        }
        let found = permille(&plain("10")).unwrap_err();
        assert_eq!(found.help.as_deref(), Some("write `10%`"));
    }

    #[test]
    fn versions() {
        assert_eq!(version(&plain("7.2")).unwrap(), Version::new(7, 2));
        assert_eq!(version(&plain("8")).unwrap(), Version::new(8, 0));
        for text in ["", "v7", "7.", ".7", "7.x", "7,2", "70000.1"] {
            assert!(version(&plain(text)).is_err(), "{text}");
        }
        let found = version(&plain("7.2.4")).unwrap_err();
        assert!(found.help.unwrap().contains("\"7.2\""));
    }
}
