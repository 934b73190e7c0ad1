//! Lines as they stand in the file.

/// One line, without its line break.
pub(in crate::yaml) struct Line<'a> {
    /// Offset of its first byte.
    pub(in crate::yaml) start: usize,
    pub(super) text: &'a str,
}

const BREAKS: [char; 2] = ['\n', '\r'];

/// Every line of a text. A CRLF gives an empty line too many, which nobody here minds.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut next = 0;
    text.split_inclusive(BREAKS).map(move |line| {
        let start = next;
        next += line.len();
        let text = line.trim_end_matches(BREAKS);
        Line { start, text }
    })
}

impl<'a> Line<'a> {
    pub(super) fn around(text: &'a str, at: usize) -> Self {
        let start = text[..at].rfind(BREAKS).map_or(0, |i| i + 1);
        let rest = &text[start..];
        let end = rest.find(BREAKS).unwrap_or(rest.len());
        Self {
            start,
            text: &rest[..end],
        }
    }

    /// Spaces at its beginning.
    pub(in crate::yaml) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Offset behind its last character that is no blank.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.trim_end().len()
    }

    /// Nothing, or only a comment.
    pub(super) fn is_blank(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }

    /// Whether a value stands on it, not only what introduces one on the lines below.
    pub(super) fn has_value(&self) -> bool {
        let introduces = |value: &str| value.starts_with(['&', '!', '|', '>']);
        self.value().is_some_and(|(_, value)| !introduces(value))
    }

    /// What stands behind the first `: `, without a comment, and its offset.
    pub(super) fn value(&self) -> Option<(usize, &'a str)> {
        let colon = self.text.find(": ")?;
        let value = self.text[colon + 2..].trim_start();
        let at = self.start + self.text.len() - value.len();
        let value = value.split(" #").next().unwrap_or(value).trim_end();
        (!value.is_empty()).then_some((at, value))
    }
}
