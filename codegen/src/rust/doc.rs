//! Documentation attributes: schema text as Markdown that neither rustdoc nor clippy objects to.

use proc_macro2::TokenStream;
use quote::quote;

/// The attributes for paragraphs, an empty line between them.
pub(crate) fn paragraphs<'t>(texts: impl IntoIterator<Item = &'t str>) -> TokenStream {
    let mut lines = Vec::new();
    for text in texts {
        if text.trim().is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(neutral(text));
    }
    attributes(&lines)
}

/// The attributes for what a user wrote, if anything, and a line of this crate's own below it.
pub(crate) fn with_summary(about: Option<&str>, summary: &str) -> TokenStream {
    let about = paragraphs(about);
    let gap = if about.is_empty() { "" } else { "\n" };
    let summary = own(&format!("{gap}{summary}"));
    quote!(#about #summary)
}

/// The attribute for the first line of what a user wrote, if anything, and a line of this crate's own behind it.
pub(crate) fn line(about: Option<&str>, summary: &str) -> TokenStream {
    let about = about.map(neutral).unwrap_or_default();
    match about.first().filter(|first| !first.is_empty()) {
        Some(first) => own(&format!("{first} {summary}")),
        None => own(summary),
    }
}

/// The attributes for one text that this crate wrote itself.
pub(crate) fn own(text: &str) -> TokenStream {
    attributes(&text.lines().map(str::to_owned).collect::<Vec<_>>())
}

/// One attribute a line, so that a printer makes `///` lines of them.
fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// A text between as many backquotes as it needs.
pub(crate) fn code(text: &str) -> String {
    let text = text.replace(['\r', '\n', '\t'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 {
        format!("{fence}{text}{fence}")
    } else {
        format!("{fence} {text} {fence}")
    }
}

/// What users wrote, line by line: no links, no markup, no code that would be compiled as a test.
fn neutral(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = Vec::new();
    let mut fence: Option<String> = None;
    let mut hanging = 0;
    for line in text.trim_matches('\n').lines() {
        let line = line.replace('\t', "    ");
        let line = line.trim_end();
        if let Some(open) = &fence {
            let closes = line.trim_start().starts_with(open.as_str());
            out.push(if closes {
                open.clone()
            } else {
                line.to_owned()
            });
            if closes {
                fence = None;
            }
            continue;
        }
        let line = line.trim_start();
        if let Some(open) = opens_fence(line) {
            out.push(format!("{open}text"));
            fence = Some(open);
            hanging = 0;
        } else if line.is_empty() {
            out.push(String::new());
            hanging = 0;
        } else if let Some(width) = marker(line) {
            hanging = width;
            let (marker, rest) = line.split_at(width);
            out.push(format!("{marker}{}", inline(rest.trim_start())));
        } else {
            // A continued list item is indented as clippy wants it.
            out.push(format!("{:hanging$}{}", "", inline(line)));
        }
    }
    out.extend(fence);
    out
}

/// The backquotes or tildes that open a code block.
fn opens_fence(line: &str) -> Option<String> {
    ['`', '~'].into_iter().find_map(|mark| {
        let length = line.chars().take_while(|c| *c == mark).count();
        (length >= 3).then(|| mark.to_string().repeat(length))
    })
}

/// Width of a list marker with its blank.
fn marker(line: &str) -> Option<usize> {
    if ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark)) {
        return Some(2);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    ((1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")))
        .then_some(digits + 2)
}

/// One line: what stands in backquotes stays, everything else loses its meaning as markup.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            let ticks = rest.bytes().take_while(|b| *b == b'`').count();
            let (open, after) = rest.split_at(ticks);
            match after.find(open) {
                Some(end) => {
                    let length = ticks + end + ticks;
                    out.push_str(&rest[..length]);
                    rest = &rest[length..];
                }
                None => {
                    out.extend(std::iter::repeat_n("\\`", ticks));
                    rest = after;
                }
            }
            continue;
        }
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest
                .find(|c: char| c.is_whitespace() || "<>()[]`\"'".contains(c))
                .unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
            out.push_str(&format!("<{url}>"));
            rest = &rest[url.len()..];
            continue;
        }
        if matches!(c, '[' | ']' | '<' | '>' | '\\') {
            out.push('\\');
        }
        // A run of blanks could make an indented code block out of a list item.
        if !(c == ' ' && out.ends_with(' ')) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        neutral(source).join("\n")
    }

    #[test]
    fn markup_becomes_text() {
        assert_eq!(text("a [link] and Vec<T>"), r"a \[link\] and Vec\<T\>");
        assert_eq!(text("see `Vec<[T]>` here"), "see `Vec<[T]>` here");
        assert_eq!(text("one ` alone"), r"one \` alone");
        assert_eq!(
            text("at https://example.org/a."),
            "at <https://example.org/a>."
        );
    }

    #[test]
    fn no_code_is_ever_compiled() {
        assert_eq!(text("```\nlet x;\n```"), "```text\nlet x;\n```");
        assert_eq!(text("```rust\nlet x;"), "```text\nlet x;\n```");
        assert_eq!(text("a\n\n    let x;"), "a\n\nlet x;");
        assert_eq!(text("-     let x;"), "- let x;");
        assert_eq!(text("~~~\n\tx\n~~~"), "~~~text\n    x\n~~~");
    }

    #[test]
    fn continued_list_items_are_indented() {
        assert_eq!(text("- a\nb\n\nc"), "- a\n  b\n\nc");
        assert_eq!(text("1. a\nb"), "1. a\n   b");
    }

    #[test]
    fn line_breaks_of_every_kind() {
        assert_eq!(neutral("a\r\nb\rc\n"), ["a", "b", "c"]);
        let tokens = paragraphs(["a\r\nb", "", "c"]).to_string();
        assert_eq!(tokens.matches("doc =").count(), 4);
        assert!(!tokens.contains("\\r"));
    }

    #[test]
    fn code_fits_its_backquotes() {
        assert_eq!(code("a:{b}"), "`a:{b}`");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
