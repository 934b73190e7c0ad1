//! What probably went wrong, read from the text around the place where the parser stopped.

mod bracket;
mod indent;
mod line;
mod quote;

pub(super) use indent::lines_with_tabs;
pub(crate) use quote::must_be_quoted;
pub(super) use quote::unknown_alias;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use line::Line;

/// Where the parser stopped.
pub(super) struct Spot<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
}

impl<'a> Spot<'a> {
    pub(super) fn new(file: FileId, text: &'a str, at: usize) -> Self {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        Self { file, text, at }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// The one character at the spot.
    pub(super) fn character(&self) -> Span {
        let width = self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        self.span(self.at, self.at + width)
    }

    /// The line of the spot.
    pub(super) fn line(&self) -> Line<'a> {
        Line::around(self.text, self.at)
    }

    /// Lines before the spot's that are neither empty nor comments, nearest first.
    fn lines_before(&self) -> impl Iterator<Item = Line<'a>> {
        let mut lines: Vec<_> = line::lines(&self.text[..self.line().start]).collect();
        lines.reverse();
        lines.into_iter().filter(|line| !line.is_blank())
    }

    fn rest_of_line(&self) -> Span {
        self.span(self.at, self.line().end().max(self.at))
    }

    /// `: ` where no mapping can begin.
    pub(super) fn surprising_colon(&self) -> Diagnostic {
        let line = self.line();
        let begins_line = line.text.find(':') == Some(self.at - line.start);
        match self.lines_before().next().filter(|_| begins_line) {
            Some(before) => self
                .missing_space(&before)
                .or_else(|| (before.indent() >= line.indent()).then(|| self.without_colon(&before)))
                .unwrap_or_else(|| self.too_far_right(&line, &before)),
            None => self.needs_quotes(),
        }
    }

    /// Something that belongs to no open collection.
    pub(super) fn out_of_place(&self) -> Diagnostic {
        let line = self.line();
        let before_it = self.text[line.start..self.at].trim();
        let begins_line = before_it.is_empty() || before_it == "-";
        if begins_line && self.lines_before().next().is_some() {
            self.misindented(&line)
        } else {
            self.needs_quotes()
        }
    }

    /// `ttl:1h` is a text, not a field.
    fn missing_space(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let text = line.text.trim();
        let (name, value) = text.split_once(':')?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !is_name || value.is_empty() || value.starts_with(' ') {
            return None;
        }
        let span = self.span(line.start + line.indent(), line.end());
        let finding = Diagnostic::error(Code::E0120, span, "no space behind the colon")
            .label("YAML reads this as one text")
            .help(format!("write `{name}: {value}`"));
        Some(finding)
    }

    pub(super) fn no_colon(&self) -> Diagnostic {
        let line = self.line();
        self.missing_space(&line)
            .unwrap_or_else(|| self.without_colon(&line))
    }

    fn without_colon(&self, line: &Line<'_>) -> Diagnostic {
        let name = line.text.split_whitespace().next().unwrap_or("name");
        let help = format!(
            "write `{name}: ...`; text over several lines begins with `>` or `|` behind the colon"
        );
        let span = self.span(line.start + line.indent(), line.end());
        Diagnostic::error(Code::E0120, span, "a field without a colon")
            .label("`name: value` is expected")
            .help(help)
    }

    pub(super) fn comment(&self) -> Diagnostic {
        Diagnostic::error(Code::E0119, self.rest_of_line(), "`#` right behind a value")
            .label("neither part of the value nor a comment")
            .help("put a space before the `#` of a comment, or quotes around the text that holds a `#`")
    }
}
