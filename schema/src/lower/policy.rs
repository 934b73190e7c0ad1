//! Limits, and breaks of compatibility that somebody answers for.

use std::time::Duration;

use super::Lowering;
use super::fields::{text, words};
use crate::diagnostic::Code;
use crate::model::{Accepted, Policy};
use crate::node::Node;
use crate::text::{Text, bytes};

impl Lowering<'_> {
    pub(super) fn policy(&mut self, node: Option<&Node>) -> Policy {
        // Read again by whoever applies it; here it is checked.
        let lifetimes = node.and_then(|node| text(node.get("lint")?, "ttl"));
        if let Some(text) = lifetimes {
            self.accept(crate::text::duration_range(&text));
        }
        let mut size = |field| {
            let text = text(node?, field)?;
            self.accept(bytes(&text))
        };
        Policy {
            max_key_bytes: size("max_key_bytes"),
            max_value_bytes: size("max_value_bytes"),
        }
    }

    pub(super) fn accepted(&mut self, node: Option<&Node>) -> Vec<Accepted> {
        let items = node.map(Node::items).unwrap_or_default();
        items
            .iter()
            .filter_map(|item| self.accepted_break(item))
            .collect()
    }

    fn accepted_break(&mut self, node: &Node) -> Option<Accepted> {
        let expires = text(node, "expires")?;
        if !is_date(expires.text()) {
            let message = format!("`{}` is not a date", expires.text());
            self.report(
                expires
                    .mistake(Code::E0612, message)
                    .label("no such day")
                    .help("write year, month and day: `2027-01-31`"),
            );
        }
        Some(Accepted {
            rule: words(node, "rule")?,
            path: words(node, "path")?,
            owner: words(node, "owner")?,
            reason: words(node, "reason")?,
            expires: Text::text(&expires).to_owned(),
            migration: words(node, "migration"),
            span: node.span,
        })
    }
}

/// Shortest and longest of a range of durations, `1h..25h`.
#[must_use]
pub fn duration_range(node: &Node) -> Option<(Duration, Duration)> {
    crate::text::duration_range(&Text::of(node)?).ok()
}

/// Whether a text is a day of the calendar, `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |part: &str, len: usize| {
        let plain = part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u16::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn days_of_the_calendar() {
        for good in ["2027-01-31", "2024-02-29", "2000-02-29", "2027-12-01"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "2027-02-29",
            "1900-02-29",
            "2027-13-01",
            "2027-00-01",
            "2027-04-31",
            "2027-01-00",
            "27-01-01",
            "2027-1-1",
            "2027-01-01-01",
            "soon",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
