//! Where the blocks, the long values and the scalars of a text stand.

use std::collections::HashSet;

use crate::node::{Node, NodeKind};

/// What the tree tells about lines.
pub(super) struct Layout {
    /// Lists and mappings by indentation, by start.
    pub(super) blocks: Vec<Block>,
    /// Values over several lines that move as a whole, by start.
    pub(super) solids: Vec<Solid>,
    /// Bytes of every scalar and name, by start.
    pub(super) scalars: Vec<(usize, usize)>,
    /// Where a space is missing behind a colon.
    pub(super) spaces: Vec<usize>,
}

/// A list or mapping by indentation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where it stands now, in bytes from the line's start.
    pub(super) column: usize,
    /// Where it should stand.
    pub(super) target: usize,
    pub(super) is_list: bool,
}

/// A value over several lines that moves as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Solid {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: SolidKind,
}

/// What a [`Solid`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SolidKind {
    /// A list or mapping in brackets.
    Flow,
    /// A scalar whose line breaks are folded.
    Folded,
    /// A block of text, in which blanks count.
    Block {
        /// Empty lines behind it count too (`|+`).
        keeps: bool,
    },
}

impl Layout {
    pub(super) fn of(text: &str, tree: &Node) -> Self {
        let mut reader = Reader {
            text,
            seen: HashSet::new(),
            layout: Self {
                blocks: Vec::new(),
                solids: Vec::new(),
                scalars: Vec::new(),
                spaces: Vec::new(),
            },
        };
        reader.node(tree, 0);
        let mut layout = reader.layout;
        layout
            .blocks
            .sort_by_key(|block| (block.start, block.target));
        layout.solids.sort_by_key(|solid| solid.start);
        layout.scalars.sort_unstable();
        layout.spaces.sort_unstable();
        layout
    }

    /// Whether a byte belongs to a scalar or a name.
    pub(super) fn in_scalar(&self, at: usize) -> bool {
        let next = self.scalars.partition_point(|(start, _)| *start <= at);
        next.checked_sub(1)
            .and_then(|i| self.scalars.get(i))
            .is_some_and(|(_, end)| at < *end)
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Collections that were visited: aliases bring them again.
    seen: HashSet<usize>,
    layout: Layout,
}

impl Reader<'_> {
    fn node(&mut self, node: &Node, target: usize) {
        let span = node.span.range();
        match &node.kind {
            NodeKind::Null => {}
            NodeKind::Scalar { quoted, .. } => self.scalar(span.start, span.end, *quoted),
            NodeKind::List(_) | NodeKind::Map(_) if !self.seen.insert(span.start) => {}
            NodeKind::List(items) => {
                let inner = self.collection(span.start, span.end, target, true);
                for item in items {
                    self.node(item, inner);
                }
            }
            NodeKind::Map(entries) => {
                let inner = self.collection(span.start, span.end, target, false);
                for entry in entries {
                    let key = entry.key_span.range();
                    self.layout.scalars.push((key.start, key.end));
                    let value = entry.value.span.range();
                    if value.start == key.end + 1 && !entry.value.is_null() {
                        self.layout.spaces.push(value.start);
                    }
                    self.node(&entry.value, inner);
                }
            }
        }
    }

    /// Where blocks inside a collection should stand.
    fn collection(&mut self, start: usize, end: usize, target: usize, is_list: bool) -> usize {
        if self.text[start..].starts_with(['[', '{']) {
            self.solid(start, end, SolidKind::Flow);
            return target;
        }
        let line = self.text[..start].rfind('\n').map_or(0, |i| i + 1);
        self.layout.blocks.push(Block {
            start,
            end,
            column: start - line,
            target,
            is_list,
        });
        target + 2
    }

    fn scalar(&mut self, start: usize, end: usize, quoted: bool) {
        self.layout.scalars.push((start, end));
        let text = &self.text[start..end];
        let kind = if quoted && text.starts_with(['|', '>']) {
            let header = text.lines().next().unwrap_or_default();
            let header = header.split('#').next().unwrap_or_default();
            SolidKind::Block {
                keeps: header.contains('+'),
            }
        } else {
            SolidKind::Folded
        };
        self.solid(start, end, kind);
    }

    fn solid(&mut self, start: usize, end: usize, kind: SolidKind) {
        let keeps = kind == SolidKind::Block { keeps: true };
        if keeps || self.text[start..end].contains('\n') {
            self.layout.solids.push(Solid { start, end, kind });
        }
    }
}
