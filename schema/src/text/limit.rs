//! Limits: `60/1m`, `60/1m burst 10`.

use std::time::Duration;

use super::{Parsed, Text, count, duration};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A limit as written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) calls: u32,
    pub(crate) window: Duration,
    /// With the place of ` burst 10`.
    pub(crate) burst: Option<(u32, Span)>,
}

/// Reads a limit.
pub(crate) fn limit(text: &Text<'_>) -> Parsed<Limit> {
    let written = text.text();
    let Some(slash) = written.find('/') else {
        return Err(unreadable(text, "expected calls, `/` and a duration"));
    };
    let rest = written.get(slash + 1..).unwrap_or_default();
    let end = slash + 1 + rest.find(' ').unwrap_or(rest.len());
    let calls = calls_of(&text.part(0..slash), "limit")?;
    let window = text.part(slash + 1..end);
    if let "ms" | "s" | "m" | "h" | "d" = window.text() {
        let help = format!("write `{}/1{}`", &written[..slash], window.text());
        return Err(Box::new(
            Diagnostic::error(Code::E1301, window.span(), "a window without a number")
                .label("how many of them?")
                .help(help),
        ));
    }
    let window = duration(&window).map_err(|found| Box::new(found.help(EXPECTED)))?;
    let burst = match written.get(end..).unwrap_or_default() {
        "" => None,
        rest => match rest.strip_prefix(" burst ") {
            Some(number) => {
                let number = text.part(written.len() - number.len()..written.len());
                Some((
                    calls_of(&number, "burst")?,
                    text.sub(end + 1..written.len()),
                ))
            }
            None => return Err(unreadable(text, "not understood behind the window")),
        },
    };
    Ok(Limit {
        calls,
        window,
        burst,
    })
}

/// A number of calls: at least one, and not so many that a server's arithmetic would round.
pub(crate) fn calls_of(text: &Text<'_>, what: &str) -> Parsed<u32> {
    let number = count(text).map_err(|found| Box::new(found.help(EXPECTED)))?;
    match u32::try_from(number) {
        Ok(0) => Err(Box::new(
            Diagnostic::error(Code::E1302, text.span(), format!("a {what} of 0"))
                .label("no call could ever pass")
                .help("write at least 1; who must not call at all needs no limiter"),
        )),
        Ok(number) => Ok(number),
        Err(_) => Err(Box::new(
            Diagnostic::error(Code::E1304, text.span(), format!("a {what} of {number}"))
                .label(format!("at most {}", u32::MAX))
                .help("a limit that nobody reaches needs no limiter"),
        )),
    }
}

const EXPECTED: &str = "write calls, `/` and a duration, such as `60/1m`, and ` burst 10` behind it if fewer may come at once";

fn unreadable(text: &Text<'_>, label: &str) -> Box<Diagnostic> {
    let message = format!("`{}` is not a limit", text.text());
    Box::new(
        text.mistake(Code::E1301, message)
            .label(label.to_owned())
            .help(EXPECTED),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::text::testing::plain;

    #[test]
    fn limits() {
        let read = |text| {
            let found = limit(&plain(text)).unwrap();
            let burst = found.burst.map(|(burst, _)| burst);
            (found.calls, found.window.as_secs(), burst)
        };
        assert_eq!(read("60/1m"), (60, 60, None));
        assert_eq!(read("10k/24h"), (10_000, 86_400, None));
        assert_eq!(read("1_000/90s burst 2k"), (1000, 90, Some(2000)));
    }

    #[test]
    fn what_is_none() {
        let code = |text| limit(&plain(text)).unwrap_err().code.code();
        for text in [
            "",
            "60",
            "60 per 1m",
            "60/1m burst",
            "60/1m 10",
            "60/m",
            "60/1m  burst 10",
        ] {
            assert_eq!(code(text), Some(Code::E1301), "{text}");
        }
        assert_eq!(code("0/1m"), Some(Code::E1302));
        assert_eq!(code("60/1m burst 0"), Some(Code::E1302));
        assert_eq!(code("5000000000/1m"), Some(Code::E1304));
        assert_eq!(code("60/0m"), Some(Code::E0601));
        assert_eq!(code("60/1y"), Some(Code::E0601));
        assert_eq!(code("x/1m"), Some(Code::E0611));
    }

    #[test]
    fn what_is_wrong_has_its_own_place() {
        let found = limit(&plain("60/m")).unwrap_err();
        assert_eq!((found.span.start, found.span.end), (3, 4));
        assert_eq!(found.help.as_deref(), Some("write `60/1m`"));
        let found = limit(&plain("60/1m burst 0")).unwrap_err();
        assert_eq!((found.span.start, found.span.end), (12, 13));
    }
}
