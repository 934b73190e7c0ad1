//! Sizes in bytes: `512`, `4KiB`, `1MB`.

use super::number::whole;
use super::{Parsed, Text};
use crate::diagnostic::Code;

const UNITS: [(&str, u64); 8] = [
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("KB", 1000),
    ("kB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("B", 1),
];

/// Reads a size.
pub(crate) fn bytes(text: &Text<'_>) -> Parsed<u64> {
    read(text.text()).ok_or_else(|| {
        let message = format!("`{}` is not a size", text.text());
        Box::new(
            text.mistake(Code::E0611, message)
                .label("expected a number of bytes")
                .help("write a whole number of bytes such as `512`, `4KiB`, `2MiB` or `1MB`"),
        )
    })
}

fn read(text: &str) -> Option<u64> {
    let (number, factor) = UNITS
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)))
        .unwrap_or((text, 1));
    u64::try_from(whole(number)?).ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::bytes;
    use crate::text::testing::plain;

    #[test]
    fn reads_every_unit() {
        for (text, size) in [
            ("512", 512),
            ("512B", 512),
            ("2KiB", 2048),
            ("2KB", 2000),
            ("2kB", 2000),
            ("3MiB", 3 << 20),
            ("1MB", 1_000_000),
            ("1GiB", 1 << 30),
            ("1GB", 1_000_000_000),
        ] {
            assert_eq!(bytes(&plain(text)).unwrap(), size, "{text}");
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "KiB",
            "-1",
            "1.5KiB",
            "1 KiB",
            "1kib",
            "1TB",
            "99999999999GiB",
        ] {
            assert!(bytes(&plain(text)).is_err(), "{text}");
        }
    }
}
