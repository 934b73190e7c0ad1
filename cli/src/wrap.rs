//! Lines as wide as the terminal. What is read by programs, or goes to a file, stays as it is.

use std::io::IsTerminal as _;

use textwrap::Options;

/// The widest that text is comfortable to read.
const READABLE: usize = 100;
const NARROWEST: usize = 30;

/// Columns of the terminal that results go to; as `COLUMNS` says, if it is set.
pub(crate) fn columns() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok();
    let said = said.and_then(|text| text.parse().ok());
    let seen = || std::io::stdout().is_terminal().then(textwrap::termwidth);
    said.or_else(seen).map(|columns| columns.max(NARROWEST))
}

/// Columns for running text, wherever it goes.
pub(crate) fn text_columns() -> usize {
    columns().unwrap_or(READABLE).min(READABLE)
}

/// Lines that are too long go on in the next one, as far indented as they begin and `hang` more.
pub(crate) fn folded(text: &str, columns: Option<usize>, hang: usize) -> String {
    let Some(columns) = columns else {
        return text.to_owned();
    };
    let mut out = String::new();
    for line in text.lines() {
        let own = line.len() - line.trim_start_matches(' ').len();
        let indent = " ".repeat(own + hang);
        let options = Options::new(columns)
            .break_words(false)
            .subsequent_indent(&indent);
        for part in textwrap::wrap(line, options) {
            out.push_str(part.trim_end());
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn long_lines_go_on_below_their_beginning() {
        let text = "deny B206  here\n     storage · breaks new readers, old processes\n";
        let expected =
            "deny B206  here\n     storage · breaks\n       new readers, old\n       processes\n";
        assert_eq!(folded(text, Some(24), 2), expected);
        assert_eq!(folded(text, None, 2), text);
        assert_eq!(folded("", Some(24), 2), "");
        assert_eq!(folded("\n", Some(24), 2), "\n");
    }

    #[test]
    fn colours_take_no_room_and_long_words_stay_whole() {
        let text = "\u{1b}[31mdeny\u{1b}[0m abc https://example.org/a/very/long/address\n";
        let expected = "\u{1b}[31mdeny\u{1b}[0m abc\n https://example.org/a/very/long/address\n";
        assert_eq!(folded(text, Some(8), 1), expected);
    }
}
