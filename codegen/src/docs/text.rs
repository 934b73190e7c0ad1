//! Schema texts in Markdown: whatever an author writes comes out as those words and nothing else.

use std::borrow::Cow;

/// Text as one line for a table cell: no pipe, line break, tag, link or emphasis takes effect; balanced
/// backticks stay code spans.
#[must_use]
pub(super) fn cell(text: &str) -> String {
    inline(&one_line(text))
}

/// Text as paragraphs: blank lines part them, and no line starts a list, heading, quote or fence.
#[must_use]
pub(super) fn prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.split('\n').map(|line| inline(&one_line(line))) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => last.push(guard_start(line)),
            Some(last) if !last.is_empty() => paragraphs.push(Vec::new()),
            _ => {}
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    let paragraphs: Vec<String> = paragraphs.iter().map(|lines| lines.join("\n")).collect();
    paragraphs.join("\n\n")
}

/// Text as a code span that also stands in a table cell.
#[must_use]
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return String::new();
    }
    // GitHub takes `\|` inside a code span of a table for a pipe, but outside of tables it shows the
    // backslash; a code element reads the same everywhere.
    if text.contains('|') {
        return format!("<code>{}</code>", html(&text));
    }
    let ticks = longest_run(&text) + 1;
    let pad = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let mut out = String::with_capacity(text.len() + 2 * ticks + 2);
    let fence = |out: &mut String| out.extend(std::iter::repeat_n('`', ticks));
    fence(&mut out);
    out.push_str(if pad { " " } else { "" });
    out.push_str(&text);
    out.push_str(if pad { " " } else { "" });
    fence(&mut out);
    out
}

/// A command as a code span in a table cell, where a pipe needs a backslash even inside the span.
#[must_use]
pub(crate) fn command(text: &str) -> String {
    format!("`{}`", one_line(text).replace('|', "\\|"))
}

/// A fenced block of code.
#[must_use]
pub(super) fn fenced(language: &str, body: &str) -> String {
    let fence = "`".repeat((longest_run(body) + 1).max(3));
    format!("{fence}{language}\n{}\n{fence}", body.trim_end())
}

/// Text as a label between double quotes in a Mermaid diagram.
#[must_use]
pub(super) fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '#' | '`' | '%' | ';' | '\\' | '|' => {
                out.push_str(&format!("#{};", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// Text inside an HTML element.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Markdown still works between tags.
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '!' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// One line: white space collapsed, control and direction-changing characters gone.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{b}' | '\u{c}' | '\0') {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
    Cow::Owned(out.trim().to_owned())
}

/// Whether a text can be seen at a glance to be one line already, as most are.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    !ends.contains(&Some(&b' '))
        && bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && !bytes.windows(2).any(|pair| pair == b"  ")
}

/// Characters that show nothing but change how the rest is shown.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Escapes what Markdown would take for markup within a line.
fn inline(text: &str) -> String {
    let mut parts: Vec<&str> = text.split('`').collect();
    // Only `a` spans: an odd number of backticks, or two in a row, is no code.
    let code = parts.len() % 2 == 1 && parts.iter().skip(1).step_by(2).all(|part| !part.is_empty());
    if !code {
        parts = vec![text];
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (position, part) in parts.iter().enumerate() {
        if position % 2 == 1 {
            out.push_str(&code_span(part));
        } else {
            plain(part, &mut out);
        }
    }
    out
}

fn code_span(text: &str) -> String {
    if text.trim().is_empty() {
        return "\\`".to_owned() + text + "\\`";
    }
    code(text)
}

fn plain(text: &str, out: &mut String) {
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' if after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#') => {
                out.push_str("&amp;");
            }
            // Inside a word an underscore is only itself.
            '_' if is_word(before) && is_word(after) => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        before = Some(c);
    }
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Escapes what would start a block at the beginning of a line.
fn guard_start(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.as_bytes().get(digits).copied();
    if digits > 0 && matches!(after, Some(b'.' | b')')) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['#', '-', '+', '=', ':']) {
        return format!("\\{line}");
    }
    line
}

fn longest_run(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_line_without_markup() {
        assert_eq!(cell("a | b\n\nc"), r"a \| b c");
        assert_eq!(
            cell("<b>x</b> & &lt; R&D"),
            "&lt;b&gt;x&lt;/b&gt; & &amp;lt; R&amp;D"
        );
        assert_eq!(
            cell("[x](javascript:y) *z* ~~w~~"),
            r"\[x\](javascript:y) \*z\* \~\~w\~\~"
        );
        assert_eq!(cell("snake_case _em_"), r"snake_case \_em\_");
        assert_eq!(cell("a\u{202e}b\u{7}c"), "abc");
    }

    #[test]
    fn balanced_backticks_stay_code() {
        assert_eq!(cell("the `a_*` field"), "the `a_*` field");
        assert_eq!(cell("a `lone tick"), r"a \`lone tick");
        assert_eq!(cell("``` fence"), r"\`\`\` fence");
        assert_eq!(cell("a `x|y` b"), "a <code>x&#124;y</code> b");
        assert_eq!(cell("a `<b>` b"), "a `<b>` b");
    }

    #[test]
    fn what_is_one_line_already_stays_as_it_is() {
        for text in ["", "a", "a b", "~!", " a", "a ", "a  b", "é a", "a\u{7f}"] {
            assert_eq!(one_line(text), one_line(&format!("\t{text}\n")), "{text:?}");
        }
    }

    #[test]
    fn prose_starts_no_block() {
        assert_eq!(
            prose("# a\n- b\n1. c\n> d\n    e"),
            "\\# a\n\\- b\n1\\. c\n&gt; d\ne"
        );
        assert_eq!(prose("a\r\nb\n\n\n\nc"), "a\nb\n\nc");
        assert_eq!(prose("---\n***\n==="), "\\---\n\\*\\*\\*\n\\===");
        assert_eq!(prose("| a | b |"), r"\| a \| b \|");
    }

    #[test]
    fn code_holds_any_text() {
        assert_eq!(code("job:{job_id}"), "`job:{job_id}`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b<"), "<code>a&#124;b&lt;</code>");
        assert_eq!(code("a\nb"), "`a b`");
        assert_eq!(code(""), "");
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!(fenced("json", "{}\n"), "```json\n{}\n```");
        assert_eq!(fenced("", "````\nx"), "`````\n````\nx\n`````");
    }

    #[test]
    fn labels_hold_no_syntax() {
        assert_eq!(label("a\"] --> b[\""), "a#quot;] --#gt; b[#quot;");
        assert_eq!(label("%%{init: {}}%%"), "#37;#37;{init: {}}#37;#37;");
        assert_eq!(label("`x` #1;\n<b>"), "#96;x#96; #35;1#59; #lt;b#gt;");
    }
}
