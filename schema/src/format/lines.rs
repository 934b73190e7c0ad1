//! Moves lines to where they should stand.

use super::layout::{Block, Layout, Solid, SolidKind};
use super::{Indentation, blanks};
use crate::node::Node;

/// A line of the result.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Offset in the old text of its first byte that is no blank.
    pub(super) start: usize,
}

/// What a line is to the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Empty.
    Blank,
    /// A comment alone.
    Comment,
    /// Anything else.
    Content,
    /// Part of a value in which empty lines count.
    Fixed,
    /// Part of a value in which empty lines count even behind it.
    Kept,
}

pub(super) fn write(text: &str, tree: &Node, layout: &Layout, indentation: Indentation) -> String {
    let mut writer = Writer {
        text,
        layout,
        indentation,
        next_block: 0,
        open: Vec::new(),
        next_solid: 0,
        solid: None,
        waiting: Vec::new(),
        out: Vec::new(),
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        writer.line(start, line.trim_end_matches('\n'));
        start += line.len();
    }
    let open = std::mem::take(&mut writer.open);
    writer.settle_comments(&open, None);
    blanks::join(&writer.out, tree, layout)
}

/// The line with content that follows a comment.
#[derive(Clone, Copy)]
struct Next {
    indent: usize,
    target: usize,
    /// It is the first of its list or mapping.
    opens: bool,
}

struct Writer<'a> {
    text: &'a str,
    layout: &'a Layout,
    indentation: Indentation,
    next_block: usize,
    /// Blocks around the last line with content, outermost first.
    open: Vec<Block>,
    next_solid: usize,
    /// The value that the current line continues, and how far its first line was moved.
    solid: Option<(Solid, isize)>,
    /// Comments whose indentation the next line with content decides: position in `out` and old indentation.
    waiting: Vec<(usize, usize)>,
    out: Vec<Line>,
}

impl Writer<'_> {
    fn line(&mut self, start: usize, line: &str) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let first = start + indent;
        let is_blank = line.trim().is_empty();
        if let Some((solid, delta)) = self.continued(start, is_blank) {
            self.continue_solid(solid, delta, start, line);
        } else if is_blank {
            self.push(Kind::Blank, String::new(), first);
        } else if line[indent..].starts_with('#') {
            self.waiting.push((self.out.len(), indent));
            let text = self.spaced(first, line[indent..].trim_end());
            self.push(Kind::Comment, text, first);
        } else {
            self.content(first, indent, line);
        }
    }

    fn push(&mut self, kind: Kind, text: String, start: usize) {
        self.out.push(Line { text, kind, start });
    }

    /// The value that began on an earlier line and holds this one.
    fn continued(&mut self, start: usize, is_blank: bool) -> Option<(Solid, isize)> {
        let (solid, delta) = self.solid?;
        let keeps = solid.kind == SolidKind::Block { keeps: true };
        if start < solid.end || keeps && is_blank {
            return Some((solid, delta));
        }
        self.solid = None;
        None
    }

    fn continue_solid(&mut self, solid: Solid, delta: isize, start: usize, line: &str) {
        let is_block = matches!(solid.kind, SolidKind::Block { .. });
        let text = if is_block {
            shifted(line, delta)
        } else {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let text = self.spaced(start + indent, line[indent..].trim_end());
            shifted(&format!("{:indent$}{text}", ""), delta)
        };
        let kind = match solid.kind {
            SolidKind::Flow if text.is_empty() => Kind::Blank,
            SolidKind::Block { keeps: true } => Kind::Kept,
            _ => Kind::Fixed,
        };
        self.push(kind, text, start);
        self.begin_solids(start + line.len(), delta);
    }

    fn content(&mut self, first: usize, indent: usize, line: &str) {
        let before = self.open.clone();
        self.enter(first);
        let block = self.block(first, indent);
        let target = match (self.indentation, block) {
            (Indentation::AsIs, _) => indent,
            (Indentation::Two, Some(block)) => block.target,
            (Indentation::Two, None) => self.open.last().map_or(indent, |block| block.target + 2),
        };
        let opens = block.is_some_and(|block| before.iter().all(|old| old.start != block.start));
        let next = Next {
            indent,
            target,
            opens,
        };
        self.settle_comments(&before, Some(next));
        let body = line[indent..].trim_end();
        let body = match self.indentation {
            Indentation::AsIs => self.spaced(first, body),
            Indentation::Two => close_dashes(&self.spaced(first, body)),
        };
        self.push(Kind::Content, format!("{:target$}{body}", ""), first);
        let delta = offset(indent, target);
        self.begin_solids(first - indent + line.len(), delta);
        self.enter(first - indent + line.len());
    }

    /// Opens the blocks that begin up to `at`, closes those that end before it.
    fn enter(&mut self, at: usize) {
        while let Some(block) = self.layout.blocks.get(self.next_block) {
            if block.start > at {
                break;
            }
            self.open.retain(|open| open.end > block.start);
            self.open.push(*block);
            self.next_block += 1;
        }
    }

    /// The list or mapping that a line belongs to which begins with the byte `first`; none for a value that stands
    /// below its name.
    fn block(&mut self, first: usize, indent: usize) -> Option<Block> {
        self.open.retain(|open| open.end > first);
        let behind = self.text[first..].strip_prefix('-');
        let is_item =
            behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        let own = |block: &&Block| block.column == indent && block.is_list == is_item;
        self.open.iter().rev().find(own).copied()
    }

    /// Remembers the value over several lines that begins on the line that ends at `end`.
    fn begin_solids(&mut self, end: usize, delta: isize) {
        while let Some(solid) = self.layout.solids.get(self.next_solid) {
            if solid.start > end {
                break;
            }
            self.next_solid += 1;
            let inside = self.solid.is_some_and(|(outer, _)| solid.end <= outer.end);
            if solid.end >= end && !inside {
                self.solid = Some((*solid, delta));
            }
        }
    }

    /// Gives waiting comments the indentation of what they stand before, or of the block they end.
    fn settle_comments(&mut self, before: &[Block], next: Option<Next>) {
        for (position, indent) in std::mem::take(&mut self.waiting) {
            let fitting = |block: &&Block| block.column <= indent;
            let target = match next {
                _ if self.indentation == Indentation::AsIs => indent,
                Some(next) if next.indent >= indent || next.opens => next.target,
                _ => before
                    .iter()
                    .rev()
                    .find(fitting)
                    .map_or(0, |block| block.target),
            };
            let line = &mut self.out[position];
            line.text = format!("{:target$}{}", "", line.text);
        }
    }

    /// The text with the spaces that colons and comment signs lack.
    fn spaced(&self, start: usize, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 1);
        for (i, c) in text.char_indices() {
            let at = start + i;
            if self.layout.spaces.binary_search(&at).is_ok() {
                out.push(' ');
            }
            out.push(c);
            let before = text[..i].chars().next_back().unwrap_or(' ');
            let after = text[i + c.len_utf8()..].chars().next().unwrap_or(' ');
            let begins_comment = c == '#' && before.is_whitespace() && after.is_alphanumeric();
            if begins_comment && !self.layout.in_scalar(at) {
                out.push(' ');
                out.push_str(&text[i + 1..]);
                break;
            }
        }
        out
    }
}

/// `-   a: 1` as `- a: 1`.
fn close_dashes(line: &str) -> String {
    match line.strip_prefix("- ") {
        Some(rest) if !rest.trim_start().starts_with('#') => {
            format!("- {}", close_dashes(rest.trim_start()))
        }
        _ => line.to_owned(),
    }
}

fn offset(from: usize, to: usize) -> isize {
    let signed = |n: usize| isize::try_from(n).unwrap_or(isize::MAX);
    signed(to) - signed(from)
}

/// The line with spaces added before it, or taken away as far as there are any. Nothing is added to empty lines.
fn shifted(line: &str, delta: isize) -> String {
    if delta >= 0 {
        let add = delta.unsigned_abs();
        return if line.is_empty() {
            String::new()
        } else {
            format!("{:add$}{line}", "")
        };
    }
    let spaces = line.len() - line.trim_start_matches(' ').len();
    line[delta.unsigned_abs().min(spaces)..].to_owned()
}
