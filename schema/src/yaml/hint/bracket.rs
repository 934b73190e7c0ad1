//! Brackets and quotes that do not match.

use super::Spot;
use super::line::Line;
use crate::diagnostic::{Code, Diagnostic};

/// What may stand behind a `\` in double quotes.
const ESCAPES: &str = "0abt\tnvfre \"/\\N_LPxuU";

impl Spot<'_> {
    pub(in crate::yaml) fn open_quote(&self) -> Diagnostic {
        let candidates = std::iter::once(self.line()).chain(self.lines_before());
        let opening = candidates
            .filter_map(|line| line.value())
            .find_map(|(at, value)| {
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                (value.matches(quote).count() == 1).then_some((at, quote))
            });
        if let Some((start, quote)) = opening {
            return self.unclosed(start, quote);
        }
        let lines = std::iter::once(self.line()).chain(self.lines_before());
        let odd = lines.filter_map(|line| odd_quote(&line)).next();
        let (start, quote) = odd.unwrap_or((self.at, '"'));
        self.unclosed(start, quote)
    }

    /// A quote on the spot's line that is not closed there.
    pub(in crate::yaml) fn odd_quote(&self) -> Option<Diagnostic> {
        let (start, quote) = odd_quote(&self.line())?;
        Some(self.unclosed(start, quote))
    }

    fn unclosed(&self, start: usize, quote: char) -> Diagnostic {
        let width = self.text[start..].chars().next().map_or(0, char::len_utf8);
        let place = self.span(start, start + width);
        Diagnostic::error(Code::E0115, place, "a quote is never closed")
            .label("opened here")
            .help(format!("add the closing `{quote}` at the end of the text"))
    }

    /// The bracket at the spot.
    pub(in crate::yaml) fn bracket(&self) -> Option<char> {
        self.text[self.at..]
            .chars()
            .next()
            .filter(|sign| matches!(sign, '{' | '['))
    }

    pub(in crate::yaml) fn open_bracket(&self, open: char) -> Diagnostic {
        let close = closing(open);
        Diagnostic::error(
            Code::E0115,
            self.character(),
            format!("`{open}` is never closed"),
        )
        .label("opened here")
        .help(format!(
            "add the closing `{close}`; text that begins with `{open}` needs double quotes"
        ))
    }

    pub(in crate::yaml) fn stray_bracket(&self) -> Diagnostic {
        let bracket = &self.text[self.character().range()];
        let message = format!("`{bracket}` closes nothing that is open");
        Diagnostic::error(Code::E0115, self.character(), message)
            .label("no bracket of this kind is open here")
            .help("remove it, or put the whole text in double quotes")
    }

    pub(in crate::yaml) fn wrong_bracket(&self, open: char, close: char) -> Diagnostic {
        let message = format!("`{open}` is closed by `{close}`");
        Diagnostic::error(Code::E0115, self.character(), message)
            .label("opened here")
            .help(format!("close it with `{}`", closing(open)))
    }

    pub(in crate::yaml) fn separator(&self, close: char) -> Diagnostic {
        let message = format!("`,` or `{close}` is missing");
        Diagnostic::error(Code::E0115, self.character(), message)
            .label("before this")
            .help(format!(
                "separate entries by `,` and end with `{close}`; text with `,`, `[`, `{{` or `: ` in it needs double quotes"
            ))
    }

    pub(in crate::yaml) fn after_quote(&self, quote: char) -> Diagnostic {
        if self.is_next_entry() {
            return Diagnostic::error(Code::E0115, self.word(), "`,` is missing")
                .label("before this")
                .help("separate entries by `,`");
        }
        let help = if quote == '"' {
            "write a quote inside the text as `\\\"`, or put the text in single quotes"
        } else {
            "write an apostrophe inside the text as `''`, or put the text in double quotes"
        };
        Diagnostic::error(
            Code::E0119,
            self.rest_of_line(),
            "text goes on behind its closing quote",
        )
        .label(format!("the `{quote}` before this ended the text"))
        .help(help)
    }

    /// Whether the spot is where another entry of an open `{` or `[` begins.
    fn is_next_entry(&self) -> bool {
        let before = &self.text[self.line().start..self.at];
        let count = |brackets: [char; 2]| before.matches(brackets).count();
        let is_open = count(['{', '[']) > count(['}', ']']);
        let rest = &self.text[self.at..];
        let name_ends = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
        let is_name = name_ends.is_some_and(|end| end > 0 && rest[end..].starts_with(": "));
        is_open && before.ends_with(' ') && (is_name || rest.starts_with(['"', '\'']))
    }

    pub(in crate::yaml) fn escape(&self) -> Diagnostic {
        let rest = &self.text[self.at..];
        let mut escaped = false;
        let wrong = rest.char_indices().find(|(_, c)| {
            let is_wrong = escaped && !ESCAPES.contains(*c);
            escaped = *c == '\\' && !escaped;
            is_wrong
        });
        let span = wrong.map_or_else(
            || self.character(),
            |(i, c)| self.span(self.at + i - 1, self.at + i + c.len_utf8()),
        );
        Diagnostic::error(Code::E0119, span, "an escape that YAML does not know")
            .label("`\\` begins an escape between double quotes")
            .help("write `\\\\` for a backslash, or put the text in single quotes, where nothing is escaped")
    }
}

fn closing(open: char) -> char {
    if open == '{' { '}' } else { ']' }
}

/// The last quote of a line on which their number is odd. An apostrophe inside a word is none.
fn odd_quote(line: &Line<'_>) -> Option<(usize, char)> {
    ['"', '\''].into_iter().find_map(|quote| {
        let opens = |at: &usize| {
            let before = line.text[..*at].chars().next_back();
            quote == '"' || before.is_none_or(|c| !c.is_alphanumeric())
        };
        let places = line.text.match_indices(quote).map(|(at, _)| at);
        let places: Vec<usize> = places.filter(opens).collect();
        let last = places.last().filter(|_| places.len() % 2 == 1)?;
        Some((line.start + last, quote))
    })
}
