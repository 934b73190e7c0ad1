//! Parser events to nodes; aliases are resolved here.

use std::collections::{HashMap, HashSet};

use serde_yaml::granit_parser::{Event, ScalarStyle, Span as EventSpan, StructureStyle};

use super::limits::{MAX_DEPTH, MAX_NODES};
use super::map::OpenMap;
use super::{error, hint, place};
use crate::diagnostic::Diagnostic;
use crate::node::{Node, NodeKind};
use crate::source::{FileId, Span};

/// Names of anchors.
pub(super) type Lost = HashSet<String>;

/// Reading cannot go on; the reason is in the found.
pub(super) struct Stop;

/// Builds the tree of one document.
pub(super) struct Composer<'a> {
    file: FileId,
    text: &'a str,
    found: &'a mut Vec<Diagnostic>,
    open: Vec<Open>,
    anchors: HashMap<usize, Built>,
    nodes: usize,
    root: Option<Node>,
    /// The anchors in what was left out, if anything was: what is repeated may be missing or incomplete.
    lost: Option<&'a Lost>,
}

/// A complete node, with what an alias to it would cost.
#[derive(Clone)]
struct Built {
    node: Node,
    nodes: usize,
    depth: usize,
}

/// A collection whose end has not been seen.
struct Open {
    anchor: usize,
    start: usize,
    is_flow: bool,
    nodes_before: usize,
    depth: usize,
    /// Byte after the last alias in it, whose node stands elsewhere.
    alias_end: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map(OpenMap),
}

impl<'a> Composer<'a> {
    pub(super) fn new(
        file: FileId,
        text: &'a str,
        lost: Option<&'a Lost>,
        found: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            lost,
            file,
            text,
            found,
            open: Vec::new(),
            anchors: HashMap::new(),
            nodes: 0,
            root: None,
        }
    }

    pub(super) fn report(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// The tree, unless nothing was written.
    pub(super) fn finish(self) -> Option<Node> {
        self.root.filter(|root| !root.is_null())
    }

    /// Where the outermost bracket stands that is still open.
    pub(super) fn outermost_bracket(&self) -> Option<usize> {
        let open = self.open.iter().find(|open| open.is_flow)?;
        Some(open.start)
    }

    pub(super) fn event(&mut self, event: Event<'_>, span: &EventSpan) -> Result<(), Stop> {
        if let Some(tag) = event.tag() {
            let place = span.tag_span().map_or(*span, |tag| tag);
            self.report(error::tag(self.span(&place), &tag.original()));
        }
        match event {
            Event::Scalar(text, style, anchor, _) => self.scalar(text.into(), style, anchor, span),
            Event::SequenceStart(style, anchor, _) => {
                let mut span = self.span(span);
                let in_map = matches!(self.open.last(), Some(open) if open.is_map());
                if style == StructureStyle::Block && in_map {
                    let start = place::first_dash(self.text, span.range().start);
                    span = Span::new(self.file, start, start);
                }
                self.opened(anchor, span, style, Content::List(Vec::new()))
            }
            Event::MappingStart(style, anchor, _) => {
                let content = Content::Map(OpenMap::default());
                self.opened(anchor, self.span(span), style, content)
            }
            Event::SequenceEnd | Event::MappingEnd => self.closed(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, span),
            _ => Ok(()),
        }
    }

    fn span(&self, span: &EventSpan) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        Span::new(self.file, range.start, range.end)
    }

    fn scalar(
        &mut self,
        text: String,
        style: ScalarStyle,
        anchor: usize,
        span: &EventSpan,
    ) -> Result<(), Stop> {
        let mut span = self.span(span);
        let quoted = style != ScalarStyle::Plain;
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let start = place::block_header(self.text, span.range().start);
            let text = self.text.get(..span.range().end).unwrap_or_default();
            span = Span::new(self.file, start, text.trim_end().len());
        }
        let kind = if !quoted && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") {
            NodeKind::Null
        } else {
            NodeKind::Scalar { text, quoted }
        };
        self.count(1, span)?;
        self.complete(anchor, Built::leaf(span, kind));
        Ok(())
    }

    fn opened(
        &mut self,
        anchor: usize,
        span: Span,
        style: StructureStyle,
        content: Content,
    ) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return self.stop(error::too_deep(span));
        }
        self.open.push(Open {
            anchor,
            start: span.range().start,
            is_flow: style == StructureStyle::Flow,
            nodes_before: self.nodes,
            depth: 0,
            alias_end: 0,
            content,
        });
        self.count(1, span)
    }

    fn closed(&mut self, span: &EventSpan) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let (kind, last, damaged) = match open.content {
            Content::List(items) => {
                let last = items.last().map(|item| item.span.range().end);
                (NodeKind::List(items), last, false)
            }
            Content::Map(map) => {
                let (last, damaged) = (map.end(), map.is_damaged());
                (NodeKind::Map(map.close(self.found)), last, damaged)
            }
        };
        // A block collection ends in an empty event somewhere after it: its last child knows better.
        let span = self.span(span);
        let end = last
            .filter(|_| span.range().is_empty())
            .map(|last| last.max(open.alias_end));
        let built = Built {
            node: Node {
                span: Span::new(self.file, open.start, end.unwrap_or(span.range().end)),
                kind,
                damaged,
            },
            nodes: self.nodes - open.nodes_before,
            depth: open.depth + 1,
        };
        self.complete(open.anchor, built);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: &EventSpan) -> Result<(), Stop> {
        let span = self.span(span);
        let Some(target) = self.anchors.get(&anchor) else {
            return self.hole(span, error::alias_in_itself(span));
        };
        let (nodes, depth) = (target.nodes, target.depth);
        self.count(nodes, span)?;
        if self.open.len() + depth > MAX_DEPTH {
            return self.stop(error::too_deep(span));
        }
        if let Some(mut target) = self.anchors.get(&anchor).cloned() {
            target.node.damaged |= self.lost.is_some();
            self.complete(0, target);
        }
        if let Some(open) = self.open.last_mut() {
            open.alias_end = span.range().end;
        }
        Ok(())
    }

    fn unknown_alias(&mut self, name: &str, span: &EventSpan) -> Result<(), Stop> {
        let span = self.span(span);
        if self.lost.is_some_and(|lost| lost.contains(name)) {
            self.complete(0, Built::hole(span));
            return Ok(());
        }
        self.hole(span, hint::unknown_alias(self.text, span, name))
    }

    /// Something takes this place, so that later mistakes are still found.
    fn hole(&mut self, span: Span, finding: Diagnostic) -> Result<(), Stop> {
        self.report(finding);
        self.complete(0, Built::hole(span));
        Ok(())
    }

    fn stop(&mut self, finding: Diagnostic) -> Result<(), Stop> {
        self.report(finding);
        Err(Stop)
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Stop> {
        self.nodes += nodes;
        if self.nodes > MAX_NODES {
            return self.stop(error::too_many(span));
        }
        Ok(())
    }

    /// A node is complete: it becomes an item, a key, a value or the root.
    fn complete(&mut self, anchor: usize, built: Built) {
        if anchor != 0 {
            self.anchors.insert(anchor, built.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(built.node);
            return;
        };
        open.depth = open.depth.max(built.depth);
        match &mut open.content {
            Content::List(items) => items.push(built.node),
            Content::Map(map) => map.add(built.node, self.text, self.found),
        }
    }
}

impl Open {
    fn is_map(&self) -> bool {
        matches!(self.content, Content::Map(_))
    }
}

impl Built {
    fn hole(span: Span) -> Self {
        let mut hole = Self::leaf(span, NodeKind::Null);
        hole.node.damaged = true;
        hole
    }

    fn leaf(span: Span, kind: NodeKind) -> Self {
        Self {
            node: Node {
                span,
                kind,
                damaged: false,
            },
            nodes: 1,
            depth: 0,
        }
    }
}
