//! Differences as unified diffs.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use crate::output::{BOLD, CYAN, GREEN, RED};

/// Lines kept around a change.
const CONTEXT: usize = 3;

/// What turns `old` into `new`, coloured; empty when they are equal. `from` and `to` name the two sides.
pub(crate) fn unified(from: &str, to: &str, old: &str, new: &str) -> String {
    let mut out = String::new();
    if old == new {
        return out;
    }
    let _ = writeln!(out, "{BOLD}--- {from}{BOLD:#}\n{BOLD}+++ {to}{BOLD:#}");
    let diff = TextDiff::from_lines(old, new);
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let _ = writeln!(out, "{CYAN}{}{CYAN:#}", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ("-", RED),
                ChangeTag::Insert => ("+", GREEN),
                ChangeTag::Equal => (" ", anstyle::Style::new()),
            };
            let line = change.value();
            let text = visible(line.trim_end_matches(['\n', '\r']), line);
            let _ = writeln!(out, "{style}{sign}{text}{style:#}");
            if change.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// Control characters of a file must not reach the terminal; a carriage return at the end is a difference to see.
fn visible(text: &str, line: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() && c != '\t' {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    if line.ends_with("\r\n") {
        out.push_str("\\r");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(old: &str, new: &str) -> String {
        anstream::adapter::strip_str(&unified("a", "b", old, new)).to_string()
    }

    #[test]
    fn equal_texts_have_no_diff() {
        assert_eq!(plain("x\n", "x\n"), "");
    }

    #[test]
    fn shows_only_what_changed_and_its_surroundings() {
        let old = "1\n2\n3\n4\n5\n6\n7\n";
        let new = "1\n2\n3\n4\n5\nsix\n7";
        let expected = "--- a\n+++ b\n@@ -3,5 +3,5 @@\n 3\n 4\n 5\n-6\n-7\n+six\n+7\n\\ No newline at end of file\n";
        assert_eq!(plain(old, new), expected);
    }

    #[test]
    fn control_characters_and_line_ends_are_made_visible() {
        assert!(plain("a\r\n", "a\n").contains("-a\\r\n+a\n"));
        assert!(plain("", "\u{1b}[2J\n").contains("+\\u{1b}[2J\n"));
    }
}
