//! Readers of the small texts that stand in scalars, each with the exact place of every part.
//!
//! A reader returns the value or one finding that says what to type instead; the caller decides
//! whether to go on.

mod duration;
mod expr;
mod limit;
mod name;
mod nearest;
mod number;
mod path;
mod range;
mod size;

pub(crate) use duration::{duration, shortest};
pub(crate) use expr::{TypeExpr, TypeExprKind};
pub(crate) use limit::{calls_of, limit};
pub(crate) use name::{camel, field_name, snake, snake_of, variant_name};
pub(crate) use nearest::{did_you_mean, nearest};
pub(crate) use number::{count, permille, version, whole};
pub(crate) use path::{environment, rust_path};
pub(crate) use range::{duration_range, number_range};
pub(crate) use size::bytes;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::node::{Entry, Node};
use crate::source::Span;

/// A value, or the finding that says why there is none.
pub(crate) type Parsed<T> = Result<T, Box<Diagnostic>>;

/// A scalar's text that knows where each of its bytes stands in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    text: &'a str,
    span: Span,
    /// Place of the text's first byte; `None` when escapes or line folding moved bytes around.
    base: Option<u32>,
}

impl<'a> Text<'a> {
    /// The text of a scalar node.
    pub(crate) fn of(node: &'a Node) -> Option<Self> {
        Some(Self::new(node.text()?, node.span))
    }

    /// The key of a mapping's entry.
    pub(crate) fn key(entry: &'a Entry) -> Self {
        Self::new(&entry.key, entry.key_span)
    }

    /// A text that was written within a span, with or without a pair of quotes around it.
    pub(crate) fn new(text: &'a str, span: Span) -> Self {
        let written = span.end.saturating_sub(span.start) as usize;
        let base = match written.checked_sub(text.len()) {
            Some(0) => Some(span.start),
            Some(2) => Some(span.start + 1),
            _ => None,
        };
        Self { text, span, base }
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Where a part of the text stands: exactly if the file holds it as it is, else the whole scalar.
    pub(crate) fn sub(&self, part: Range<usize>) -> Span {
        let place = |base: u32, offset: usize| u32::try_from(offset).map(|o| base + o).ok();
        let exact = self
            .base
            .and_then(|base| Some((place(base, part.start)?, place(base, part.end)?)));
        match exact {
            Some((start, end)) => Span {
                file: self.span.file,
                start,
                end,
            },
            None => self.span,
        }
    }

    /// A part of the text that keeps its place.
    pub(crate) fn part(&self, part: Range<usize>) -> Self {
        Self {
            text: self.text.get(part.clone()).unwrap_or_default(),
            span: self.sub(part.clone()),
            base: self
                .base
                .and_then(|base| Some(base + u32::try_from(part.start).ok()?)),
        }
    }

    /// A finding about the whole text.
    pub(crate) fn mistake(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.span, message)
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::Text;
    use crate::source::{FileId, Span};

    /// A text that starts at the first byte of its file, so that spans read as offsets.
    pub(crate) fn plain(text: &str) -> Text<'_> {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Text::new(
            text,
            Span {
                file: FileId(0),
                start: 0,
                end,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Text, testing::plain};
    use crate::source::{FileId, Span};

    fn span(start: u32, end: u32) -> Span {
        Span {
            file: FileId(3),
            start,
            end,
        }
    }

    #[test]
    fn a_part_of_a_plain_scalar_has_its_own_place() {
        let text = Text::new("hx(64)", span(100, 106));
        assert_eq!(text.sub(0..2), span(100, 102));
        assert_eq!(plain("abc").sub(1..3).start, 1);
    }

    #[test]
    fn quotes_move_the_place_by_one() {
        let text = Text::new("job:{id}", span(100, 110));
        assert_eq!(text.sub(4..8), span(105, 109));
    }

    #[test]
    fn escapes_fall_back_to_the_whole_scalar() {
        let text = Text::new("a\tb", span(100, 107));
        assert_eq!(text.sub(0..1), span(100, 107));
    }
}
