//! The part of a text that is given up for a mistake in it: a line with what is indented below it.

use std::ops::Range;

/// What is left out, and how far its first line is indented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// From its first sign to the end of its last line.
    pub(super) range: Range<usize>,
    /// Spaces before its first sign; nobody knows how many are meant by a tab.
    pub(super) indent: Option<usize>,
}

const BREAKS: [char; 2] = ['\n', '\r'];

/// The smallest block that holds a place: its line, or the last one before it that says something, with the lines
/// below that are indented further. Nothing when there is no such line.
///
/// Takes time in proportion to the block and the blank lines before it.
pub(super) fn around(text: &str, at: usize) -> Option<Block> {
    let first = line_of_sense(text, at)?;
    let line = line_at(text, first);
    let content = line.trim_start_matches([' ', '\t']);
    let indent = column(line);
    let belongs = |line: &str| match indent {
        Some(indent) => belongs(line, indent, content),
        None => false,
    };
    let mut end = first + line.len();
    let is_name_behind_tab = indent.is_none() && content.trim_end().ends_with(':');
    let mut below = None;
    for (next, line) in lines_of_sense_below(text, end) {
        // Behind a tab, what stands below a name is indented as its first line is.
        let column = column(line).unwrap_or_default();
        let is_below = is_name_behind_tab && column > 0 && column >= *below.get_or_insert(column);
        if !is_below && !belongs(line) {
            break;
        }
        end = next + line.len();
    }
    let start = first + line.len() - content.len();
    Some(Block {
        range: start..end,
        indent,
    })
}

/// The block at a place with all that follows until a line is indented less.
pub(super) fn rest_of_level(text: &str, at: usize) -> Option<Block> {
    let mut block = around(text, at)?;
    let indent = block.indent.unwrap_or_default();
    for (next, line) in lines_of_sense_below(text, block.range.end) {
        if column(line).is_some_and(|column| column < indent) {
            break;
        }
        block.range.end = next + line.len();
    }
    Some(block)
}

/// The lines behind the one that ends at a place which are neither empty nor comments, each with its start.
fn lines_of_sense_below(text: &str, end: usize) -> impl Iterator<Item = (usize, &str)> {
    let line = move |end: usize| {
        let start = after_break(text, end);
        (start < text.len()).then(|| (start, line_at(text, start)))
    };
    let lines = std::iter::successors(line(end), move |(start, last)| line(start + last.len()));
    lines.filter(|(_, line)| !is_silent(line))
}

/// Whether a line below one that is indented by so much belongs to it.
fn belongs(line: &str, indent: usize, first: &str) -> bool {
    let content = line.trim_start_matches(' ');
    let column = line.len() - content.len();
    column > indent
        || column == indent && is_item(content) && !is_item(first)
        || column == indent && closes(content)
}

/// Replaces a block by spaces, so that everything else keeps its place.
pub(super) fn blank(text: &mut String, block: &Block) {
    let blanked = text[block.range.clone()].bytes();
    let blanked: String = blanked
        .map(|byte| if is_break(byte) { byte as char } else { ' ' })
        .collect();
    text.replace_range(block.range.clone(), &blanked);
}

/// Start of the line around a place, else of the nearest before it, that is neither empty nor a comment.
fn line_of_sense(text: &str, at: usize) -> Option<usize> {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    loop {
        let start = text[..end].rfind(BREAKS).map_or(0, |i| i + 1);
        let content = line_at(text, start).trim_start_matches('\u{feff}');
        if !is_silent(content.trim_start()) {
            return Some(start);
        }
        end = start.checked_sub(1)?;
    }
}

/// Spaces before a line, if there are no tabs.
fn column(line: &str) -> Option<usize> {
    let content = line.trim_start_matches(' ');
    (!content.starts_with('\t')).then_some(line.len() - content.len())
}

fn line_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    &rest[..rest.find(BREAKS).unwrap_or(rest.len())]
}

/// The first byte behind the line break that stands at `end`.
fn after_break(text: &str, end: usize) -> usize {
    let width = if text[end..].starts_with("\r\n") {
        2
    } else {
        1
    };
    (end + width).min(text.len())
}

/// Whether there is nothing but empty lines and comments.
pub(super) fn is_silence(text: &str) -> bool {
    text.split(BREAKS).all(is_silent)
}

/// Nothing, or only a comment.
fn is_silent(content: &str) -> bool {
    let content = content.trim_start();
    content.is_empty() || content.starts_with('#')
}

/// Whether a line is an item of a list.
fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// Whether a line only ends what was opened above it.
fn closes(content: &str) -> bool {
    content.starts_with(['}', ']']) && content.chars().all(|c| matches!(c, '}' | ']' | ',' | ' '))
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[track_caller]
    fn block(text: &str, at: &str) -> (String, Option<usize>) {
        let found = around(text, text.find(at).unwrap()).unwrap();
        (text[found.range].to_owned(), found.indent)
    }

    #[test]
    fn a_line_with_what_is_indented_below_it() {
        let text = "a:\n  b: 1\n\n  # why\n  c:\n    - d\n\n    - e\n# end\nf: 2\n";
        assert_eq!(
            block(text, "a:").0,
            "a:\n  b: 1\n\n  # why\n  c:\n    - d\n\n    - e"
        );
        assert_eq!(block(text, "b"), ("b: 1".into(), Some(2)));
        assert_eq!(block(text, "c"), ("c:\n    - d\n\n    - e".into(), Some(2)));
        assert_eq!(block(text, "# end").0, "- e");
        assert_eq!(block(text, "2"), ("f: 2".into(), Some(0)));
    }

    #[test]
    fn a_line_with_what_is_not_indented_less() {
        let text = "a:\n  b: 1\n  c:\n    - d\n\n  e: 2\nf: 2\n";
        let found = |at: &str| rest_of_level(text, text.find(at).unwrap()).unwrap().range;
        assert_eq!(&text[found("c")], "c:\n    - d\n\n  e: 2");
        assert_eq!(&text[found("e")], "e: 2");
        assert_eq!(&text[found("a")], text.trim_end());
    }

    #[test]
    fn items_and_brackets_that_are_not_indented_further() {
        assert_eq!(block("a:\n- x\n- y\nb: 1\n", "a").0, "a:\n- x\n- y");
        assert_eq!(block("a:\n- x\n- y\nb: 1\n", "x").0, "- x");
        assert_eq!(block("a: {\n  b: 1\n}\nc: 2\n", "a").0, "a: {\n  b: 1\n}");
    }

    #[test]
    fn what_a_tab_indents() {
        let text = "a:\n  b: 1\n\tc: 2\n  d: 3\n\te:\n    f: 4\n      g: 5\n  h: 6\n";
        assert_eq!(block(text, "c"), ("c: 2".into(), None));
        assert_eq!(block(text, "e"), ("e:\n    f: 4\n      g: 5".into(), None));
        assert_eq!(block("\ta:\nb: 1\n", "a").0, "a:");
    }

    #[test]
    fn texts_without_a_line_of_sense() {
        for text in ["", "\n\n", "# x\n", "\u{feff}"] {
            assert_eq!(around(text, text.len()), None, "{text:?}");
        }
    }

    #[test]
    fn everything_else_keeps_its_place() {
        let text = "ä: 1\r\né: ü\r\n  x\nb: 2";
        let block = around(text, text.find('é').unwrap()).unwrap();
        let mut blanked = text.to_owned();
        blank(&mut blanked, &block);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked, "ä: 1\r\n      \r\n   \nb: 2");
    }
}
