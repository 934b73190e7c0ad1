//! Indentation: tabs, lines that fit no level, lines too far right.

use super::Spot;
use super::line::{Line, lines};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Lines whose indentation is, or ends in, a tab.
pub(in crate::yaml) fn lines_with_tabs(text: &str) -> impl Iterator<Item = Line<'_>> {
    lines(text).filter(has_tab)
}

fn has_tab(line: &Line<'_>) -> bool {
    line.text.trim_start_matches(' ').starts_with('\t')
}

impl Spot<'_> {
    pub(in crate::yaml) fn tab(&self) -> Diagnostic {
        // The parser may have stopped at the end of the line before.
        let line = match has_tab(&self.line()) {
            true => self.line(),
            false => self.next_with_tab().unwrap_or_else(|| self.line()),
        };
        let blank = line.text.len() - line.text.trim_start().len();
        let first = line.text[..blank]
            .find('\t')
            .map_or(self.at, |i| line.start + i);
        let more = lines_with_tabs(&self.text[line.start + line.text.len()..]).count();
        let label = match more {
            0 => "a tab".to_owned(),
            1 => "a tab, and one more line begins with one".to_owned(),
            n => format!("a tab, and {n} more lines begin with one"),
        };
        let end = line.start + blank;
        let span = if end > first {
            self.span(first, end)
        } else {
            self.character()
        };
        Diagnostic::error(Code::E0102, span, "a tab in the indentation")
            .label(label)
            .help("indent with spaces, two for each level: YAML refuses tabs (most editors convert them on request)")
    }

    fn next_with_tab(&self) -> Option<Line<'_>> {
        let line = self.line();
        let end = line.start + line.text.len();
        let next = lines_with_tabs(&self.text[end..]).next()?;
        Some(Line::around(self.text, end + next.start))
    }

    pub(super) fn too_far_right(&self, line: &Line<'_>, before: &Line<'_>) -> Diagnostic {
        let (here, there) = (spaces(line.indent()), spaces(before.indent()));
        let span = self.indentation(line);
        Diagnostic::error(Code::E0104, span, "this line is indented too far")
            .label(format!("indented by {here}, the line before by {there}"))
            .help(match before.indent() {
                0 => "remove the spaces before it, or the value of the line before".to_owned(),
                _ => format!("indent it by {there}, or remove the value of the line before"),
            })
    }

    pub(super) fn misindented(&self, line: &Line<'_>) -> Diagnostic {
        let indent = line.indent();
        let levels = self.open_levels();
        if levels.contains(&indent) {
            return self.mixed(line);
        }
        let before = self.lines_before().next();
        let holds_value = |before: &Line<'_>| before.indent() < indent && before.has_value();
        if let Some(before) = before.filter(holds_value) {
            return self.too_far_right(line, &before);
        }
        let near: Vec<String> = levels
            .iter()
            .take(2)
            .rev()
            .map(ToString::to_string)
            .collect();
        let span = self.indentation(line);
        Diagnostic::error(Code::E0104, span, "this line fits no level of indentation")
            .label(format!("indented by {}", spaces(indent)))
            .help(format!(
                "indent it by {} spaces, like the lines it belongs to",
                near.join(" or ")
            ))
    }

    /// The spaces before a line, or its first character when there are none.
    fn indentation(&self, line: &Line<'_>) -> Span {
        let first = line.text.chars().next().map_or(0, char::len_utf8);
        let width = if line.indent() == 0 {
            first
        } else {
            line.indent()
        };
        self.span(line.start, line.start + width)
    }

    /// Indentation of the line before and of everything that holds it, innermost first.
    fn open_levels(&self) -> Vec<usize> {
        let mut levels: Vec<usize> = Vec::new();
        for before in self.lines_before() {
            let indent = before.indent();
            if levels.last().is_none_or(|last| indent < *last) {
                levels.push(indent);
            }
        }
        levels
    }

    /// A list item among fields, or a field among list items.
    fn mixed(&self, line: &Line<'_>) -> Diagnostic {
        let text = line.text.trim();
        let (message, help) = if text.starts_with("- ") || text == "-" {
            (
                "a list item among fields",
                "give the list a name and a colon before it, and indent its items below",
            )
        } else {
            (
                "a field among list items",
                "indent it below the item it belongs to, or begin it with `- `",
            )
        };
        Diagnostic::error(Code::E0104, self.rest_of_line(), message)
            .label("does not belong to what stands above")
            .help(help)
    }
}

fn spaces(count: usize) -> String {
    match count {
        0 => "no space".to_owned(),
        1 => "1 space".to_owned(),
        n => format!("{n} spaces"),
    }
}
