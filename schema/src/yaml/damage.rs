//! Which parts of a tree are incomplete, because something in them could not be read.

use super::block::Block;
use crate::node::{Node, NodeKind};

/// Marks what a block was taken out of: the mapping or list at whose column it stood. A block that fits none may have
/// been meant for each that was open before it, or for the value of the line before.
///
/// `text` is the file's text, of which the tree's places speak.
pub(super) fn mark(root: &mut Node, text: &str, block: &Block) {
    let marks = Marks { text, block };
    if !marks.only_where_it_fits(root) {
        marks.all_the_way(root);
    }
}

/// Marks all of a tree, for who has too many blocks to look for the place of each.
pub(super) fn mark_everything(node: &mut Node) {
    node.damaged = true;
    match &mut node.kind {
        NodeKind::Map(entries) => entries
            .iter_mut()
            .for_each(|it| mark_everything(&mut it.value)),
        NodeKind::List(items) => items.iter_mut().for_each(mark_everything),
        _ => {}
    }
}

struct Marks<'a> {
    text: &'a str,
    block: &'a Block,
}

impl Marks<'_> {
    /// Whether a mapping or list begins at the block's column; it is marked.
    fn only_where_it_fits(&self, node: &mut Node) -> bool {
        let column = self.column(node);
        let fits = column.is_some() && column == self.block.indent;
        node.damaged |= fits;
        // Lists may stand below their field without being indented further.
        let below = self.last_before(node);
        let fits_below = below.is_some_and(|last| self.only_where_it_fits(last));
        fits || fits_below
    }

    fn all_the_way(&self, node: &mut Node) {
        node.damaged = true;
        if let Some(last) = self.last_before(node) {
            self.all_the_way(last);
        }
    }

    /// The last value of a mapping or list that stands before the block.
    fn last_before<'n>(&self, node: &'n mut Node) -> Option<&'n mut Node> {
        self.column(node)?;
        let range = node.span.range().start..self.block.range.start;
        let values: Box<dyn DoubleEndedIterator<Item = (usize, &mut Node)>> = match &mut node.kind {
            NodeKind::Map(entries) => Box::new(
                entries
                    .iter_mut()
                    .map(|entry| (entry.key_span.range().start, &mut entry.value)),
            ),
            NodeKind::List(items) => {
                Box::new(items.iter_mut().map(|item| (item.span.range().start, item)))
            }
            _ => return None,
        };
        // What is merged or repeated from elsewhere stands outside.
        let mut inside = values.filter(|(start, _)| range.contains(start));
        inside.next_back().map(|(_, value)| value)
    }

    /// How far a mapping or list over lines is indented.
    fn column(&self, node: &Node) -> Option<usize> {
        let start = node.span.range().start;
        let is_block = matches!(node.kind, NodeKind::Map(_) | NodeKind::List(_))
            && !self.text.get(start..)?.starts_with(['{', '[']);
        is_block.then(|| start - self.text[..start].rfind(['\n', '\r']).map_or(0, |i| i + 1))
    }
}
