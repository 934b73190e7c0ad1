//! Findings as a comment on a pull request.

use std::fmt::Write;

use super::Changes;
use super::groups::groups;

/// Rows at most; a comment that is too long is refused by its host.
const MOST: usize = 100;

pub(super) fn render(changes: &Changes) -> String {
    let mut out = format!("### Redis schema: {}\n", changes.summary());
    if changes.shown.is_empty() {
        return out;
    }
    out.push_str("\n| | Rule | What | Change | Breaks | Horizon | Roll out | What to do |\n|---|---|---|---|---|---|---|---|\n");
    let groups = groups(changes);
    let most = changes.limit.unwrap_or(MOST).min(MOST);
    for group in groups.iter().take(most) {
        let one = group.first;
        let finding = one.finding();
        let mark = if one.is_denied() { "❌" } else { "⚠️" };
        let _ = writeln!(
            out,
            "| {mark} | {} {} | {} | {} → {} | {} | {} | {} | {} |",
            finding.code,
            code(&finding.name),
            code(&group.about()),
            code(&finding.old),
            code(&finding.new),
            one.who(),
            one.horizon(),
            finding.deploy.words(),
            cell(&finding.fix),
        );
    }
    let hidden = groups.len().saturating_sub(most);
    if hidden > 0 {
        let _ = writeln!(out, "\n… and {hidden} more.");
    }
    out
}

/// Words of a table's cell: what Markdown or HTML would read otherwise is taken literally. Code between backticks stays.
fn cell(words: &str) -> String {
    let mut out = String::new();
    for (at, part) in words.split('`').enumerate() {
        if at % 2 == 1 {
            out.push_str(&code(part));
        } else {
            out.push_str(&escaped(part));
        }
    }
    out
}

fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '*' | '_' | '[' | ']' | '\\' | '#' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn code(words: &str) -> String {
    let plain = words
        .replace('|', "\\|")
        .replace('`', "'")
        .replace(['\n', '\r'], " ");
    format!("`{plain}`")
}
