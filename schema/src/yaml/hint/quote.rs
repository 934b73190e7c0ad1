//! Text that needs quotes.

use super::Spot;
use super::line::lines;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Most unquoted templates shown for one file.
const MOST: usize = 50;

impl Spot<'_> {
    /// Values such as `{id}:x`, which YAML reads as a mapping with rubbish behind it. All of the file: who
    /// forgot the quotes once mostly did so everywhere.
    pub(in crate::yaml) fn unquoted_templates(&self) -> Vec<Diagnostic> {
        lines(self.text)
            .filter(|line| !line.is_blank())
            .filter_map(|line| line.value())
            .filter(|(_, value)| looks_like_template(value))
            .map(|(at, value)| must_be_quoted(self.span(at, at + value.len()), value))
            .take(MOST)
            .collect()
    }

    /// The value at the spot: all of it, or the part of a list or mapping in brackets.
    pub(in crate::yaml) fn needs_quotes(&self) -> Diagnostic {
        let value = self.line().value().filter(|(at, _)| *at <= self.at);
        match value {
            Some((at, value)) if ends_early(value, self.at - at) => self.behind_the_end(),
            Some((at, value)) if !is_flow(value) || at + 1 >= self.at => {
                must_be_quoted(self.span(at, at + value.len()), value)
            }
            _ => {
                let word = self.word();
                must_be_quoted(word, &self.text[word.range()])
            }
        }
    }

    fn behind_the_end(&self) -> Diagnostic {
        Diagnostic::error(
            Code::E0119,
            self.rest_of_line(),
            "text goes on behind a closing bracket",
        )
        .label("the list or mapping ended before this")
        .help("remove it")
    }

    /// The run of characters around the spot that stands between blanks and commas.
    pub(super) fn word(&self) -> Span {
        let line = self.line();
        let before = &self.text[line.start..self.at];
        let start = before.rfind([' ', ',']).map_or(0, |i| i + 1);
        let rest = &self.text[self.at..line.end().max(self.at)];
        let length = rest.find([',', ' ']).unwrap_or(rest.len());
        self.span(line.start + start, self.at + length)
    }
}

/// An alias whose anchor does not exist: often a text that begins with `*`.
pub(in crate::yaml) fn unknown_alias(text: &str, span: Span, name: &str) -> Diagnostic {
    let is_name = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if !is_name {
        return must_be_quoted(span, text.get(span.range()).unwrap_or(name));
    }
    Diagnostic::error(Code::E0114, span, format!("no anchor is called `{name}`"))
        .label("an alias repeats a value marked `&name` before it")
        .help(format!(
            "mark the value with `&{name}`, or put quotes around a text that begins with `*`"
        ))
}

/// A text that YAML does not take for one.
pub(crate) fn must_be_quoted(span: Span, value: &str) -> Diagnostic {
    let help = if value.contains(['"', '\\']) {
        format!("write '{}'", value.replace('\'', "''"))
    } else {
        format!("write \"{value}\"")
    };
    Diagnostic::error(Code::E0103, span, "this text needs quotes")
        .label(reason(value))
        .help(help)
}

fn reason(value: &str) -> &'static str {
    match value.chars().next() {
        Some('{') => "without quotes `{` begins a mapping",
        Some('[') => "without quotes `[` begins a list",
        Some('*') => "without quotes `*` begins an alias",
        Some('&') => "without quotes `&` marks an anchor",
        Some('"' | '\'') => "the text would end at its second quote",
        Some('-') => "without quotes `-` begins a list item",
        Some('%' | '@' | '`') => "YAML reserves the first character",
        _ if value.contains(": ") => "without quotes `: ` begins a mapping",
        _ => "inside brackets `{` and `[` end the text",
    }
}

fn is_flow(value: &str) -> bool {
    value.starts_with(['{', '['])
}

/// Whether the brackets that open a value close before `at`, with nothing but punctuation behind.
fn ends_early(value: &str, at: usize) -> bool {
    is_flow(value)
        && value.get(at..).is_some_and(|rest| {
            !rest.is_empty() && rest.chars().all(|c| matches!(c, ',' | ';' | ' '))
        })
}

/// `{name}` directly followed by more text.
fn looks_like_template(value: &str) -> bool {
    let parts = value
        .strip_prefix('{')
        .and_then(|rest| rest.split_once('}'));
    parts.is_some_and(|(name, after)| {
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name && !after.is_empty() && !after.starts_with([',', '}', ']', ' '])
    })
}
