//! Ranges with both ends included: `0..100`, `1h..25h`.

use std::time::Duration;

use super::number::whole;
use super::{Parsed, Text, duration};
use crate::diagnostic::{Code, Diagnostic};

/// Reads a range of whole numbers.
pub(crate) fn number_range(text: &Text<'_>) -> Parsed<(i128, i128)> {
    let example = "0..100";
    let (low, high) = ends(text, Code::E0506, example)?;
    let number = |part: &Text<'_>| {
        whole(part.text()).ok_or_else(|| {
            let message = format!("`{}` is not a whole number", part.text());
            Box::new(
                part.mistake(Code::E0506, message)
                    .label("expected a whole number")
                    .help(format!("write both ends, as in `{example}`")),
            )
        })
    };
    let ends = (number(&low)?, number(&high)?);
    if ends.0 > ends.1 {
        return Err(turned_around(text, Code::E0506));
    }
    Ok(ends)
}

/// Reads a range of durations.
pub(crate) fn duration_range(text: &Text<'_>) -> Parsed<(Duration, Duration)> {
    let (low, high) = ends(text, Code::E0602, "1h..25h")?;
    let ends = (duration(&low)?, duration(&high)?);
    if ends.0 > ends.1 {
        return Err(turned_around(text, Code::E0602));
    }
    Ok(ends)
}

fn ends<'a>(text: &Text<'a>, code: Code, example: &str) -> Parsed<(Text<'a>, Text<'a>)> {
    let written = text.text();
    let Some(dots) = written.find("..") else {
        return Err(not_a_range(text, code, example));
    };
    let after = &written[dots + 2..];
    if after.starts_with(['=', '.']) {
        let high = after.trim_start_matches(['=', '.']);
        let help = format!(
            "write `{}..{high}`: both ends belong to it",
            &written[..dots]
        );
        return Err(Box::new(
            text.mistake(code, format!("`{written}` is not a range"))
                .label("two dots are enough")
                .help(help),
        ));
    }
    if dots == 0 || after.is_empty() {
        return Err(not_a_range(text, code, example));
    }
    Ok((text.part(0..dots), text.part(dots + 2..written.len())))
}

fn not_a_range(text: &Text<'_>, code: Code, example: &str) -> Box<Diagnostic> {
    let message = format!("`{}` is not a range", text.text());
    Box::new(
        text.mistake(code, message)
            .label("expected two ends")
            .help(format!(
                "write both ends with two dots between them: `{example}`"
            )),
    )
}

fn turned_around(text: &Text<'_>, code: Code) -> Box<Diagnostic> {
    let help = match text.text().split_once("..") {
        Some((low, high)) => format!("write `{high}..{low}`"),
        None => String::new(),
    };
    Box::new(
        text.mistake(code, "the range ends before it starts")
            .label("nothing lies in it")
            .help(help),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::text::testing::plain;

    #[test]
    fn numbers() {
        assert_eq!(number_range(&plain("0..100")).unwrap(), (0, 100));
        assert_eq!(number_range(&plain("-5..-1")).unwrap(), (-5, -1));
        for text in [
            "", "..", "0..", "..1", "5", "0...1", "0..=1", "a..b", "9..1", "0..1..2",
        ] {
            assert!(number_range(&plain(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn durations() {
        let hour = Duration::from_secs(3600);
        assert_eq!(
            duration_range(&plain("1h..25h")).unwrap(),
            (hour, hour * 25)
        );
        assert!(duration_range(&plain("2h..1h")).is_err());
    }

    #[test]
    fn points_at_the_wrong_end() {
        let found = duration_range(&plain("1h..25")).unwrap_err();
        assert_eq!((found.span.start, found.span.end), (4, 6));
        let found = number_range(&plain("9..1")).unwrap_err();
        assert_eq!(found.help.as_deref(), Some("write `1..9`"));
    }
}
