//! What is wrong with a schema, where, and what to type instead.

mod code;
mod github;
mod human;
mod id;
mod json;
mod line;
mod sarif;
mod sink;
mod tally;

pub use code::Code;
pub use github::github;
pub use human::{Colour, MOST_SHOWN, human, human_one};
pub use id::{Id, Rule};
pub use json::json;
pub use line::{line, one_line};
pub use sarif::sarif;
pub use sink::Sink;
pub use tally::Tally;

use crate::source::Span;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// No schema comes out.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Id,
    /// How bad it is.
    pub severity: Severity,
    /// One line, lower case, no full stop.
    pub message: String,
    /// The place to mend.
    pub span: Span,
    /// Words under that place; may be empty.
    pub label: String,
    /// Other places that matter, each with its words.
    pub related: Vec<(Span, String)>,
    /// What to type instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error of the given code.
    #[must_use]
    pub fn error(code: impl Into<Id>, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// A warning of the given code.
    #[must_use]
    pub fn warning(code: impl Into<Id>, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    /// Something worth knowing, of the given code.
    #[must_use]
    pub fn note(code: impl Into<Id>, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, span, message)
    }

    fn new(
        severity: Severity,
        code: impl Into<Id>,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            severity,
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// Words under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Another place that matters.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text.into()));
        self
    }

    /// What to type instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Message, label and help, each on a line of its own.
    fn in_full(&self) -> String {
        let words = [&self.message, &self.label].into_iter().chain(&self.help);
        let lines: Vec<&str> = words
            .map(String::as_str)
            .filter(|line| !line.is_empty())
            .collect();
        lines.join("\n")
    }
}

/// Text on one line and without control characters, which could move a terminal's cursor.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}
