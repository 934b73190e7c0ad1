//! Mending what rules find, by small changes of the text: comments, order and layout stay as they are.
//!
//! A [`Fix`] is all or nothing. [`mend`] applies what does not overlap, reads the result again, and keeps it only if it
//! has fewer findings and no new mistake; so a bad result is never handed out.

mod apply;
mod codes;
mod mend;

pub use apply::{Applied, Changed, apply};
pub use codes::of_codes;
pub use mend::{Mended, mend};

use redis_schema_model::node::Node;
use redis_schema_model::source::{Sources, Span};

/// A change of the text that mends one finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What changes; all of it or nothing.
    pub edits: Vec<Edit>,
    /// Names of keys change, so that stored data is no longer found.
    pub renames: bool,
}

/// A piece of text in place of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes; nothing where the new text is put in between.
    pub span: Span,
    /// What comes.
    pub text: String,
}

impl Fix {
    /// One text in place of another.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            edits: vec![Edit {
                span,
                text: text.into(),
            }],
            renames: false,
        }
    }

    /// One text in place of another, which changes names of keys.
    #[must_use]
    pub fn renaming(span: Span, text: impl Into<String>) -> Self {
        Self {
            renames: true,
            ..Self::replace(span, text)
        }
    }

    /// A field, such as `was: old`, in front of the first one of a mapping, laid out as that is.
    #[must_use]
    pub fn field(sources: &Sources, node: &Node, field: &str) -> Option<Self> {
        let first = node.entries().first()?.key_span;
        // Fields that came by an anchor stand elsewhere.
        if first.file != node.span.file || first.start < node.span.start {
            return None;
        }
        let text = sources.get(first.file)?.text();
        let before = text.get(..first.range().start)?;
        if before.trim_end().ends_with('{') {
            return Some(Self::insert(first, format!("{field}, ")));
        }
        let indent = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        let indent = indent.trim_start_matches('\u{feff}');
        // Something else on the line, such as `---` or `?`, makes it another case.
        let plain = indent.chars().all(|c| c == ' ');
        let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
        plain.then(|| Self::insert(first, format!("{field}{line}{indent}")))
    }

    /// A text in front of a place.
    #[must_use]
    pub fn insert(before: Span, text: impl Into<String>) -> Self {
        let at = Span {
            end: before.start,
            ..before
        };
        Self::replace(at, text)
    }
}
