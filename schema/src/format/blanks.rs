//! Empty lines.

use std::collections::BTreeSet;

use super::layout::Layout;
use super::lines::{Kind, Line};
use crate::node::Node;

/// The lines as one text: at most one empty line in a row, none at either end, one around top-level sections.
pub(super) fn join(lines: &[Line], tree: &Node, layout: &Layout) -> String {
    let separated = separated(lines, tree, layout);
    let mut out = String::new();
    let mut before = Kind::Content;
    for (i, line) in lines.iter().enumerate() {
        if line.kind != Kind::Blank {
            let wanted = before == Kind::Blank || separated.contains(&i);
            // Behind a value that keeps its empty lines, one more would belong to it.
            if wanted && before != Kind::Kept && !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&line.text);
            out.push('\n');
        }
        before = line.kind;
    }
    out
}

/// Lines that an empty one must stand before: the first of each section with the comments on it, and of what follows a
/// section.
fn separated(lines: &[Line], tree: &Node, layout: &Layout) -> BTreeSet<usize> {
    let entries = tree.entries();
    let is_section = |i: usize| {
        entries.get(i).is_some_and(|entry| {
            let start = entry.value.span.range().start;
            layout
                .blocks
                .binary_search_by_key(&start, |block| block.start)
                .is_ok()
        })
    };
    let mut out = BTreeSet::new();
    for (i, entry) in entries.iter().enumerate().skip(1) {
        if !is_section(i) && !is_section(i - 1) {
            continue;
        }
        let start = entry.key_span.range().start;
        let Ok(line) = lines.binary_search_by_key(&start, |line| line.start) else {
            continue;
        };
        let comments = lines[..line]
            .iter()
            .rev()
            .take_while(|line| line.kind == Kind::Comment && line.text.starts_with('#'));
        out.insert(line - comments.count());
    }
    out
}
