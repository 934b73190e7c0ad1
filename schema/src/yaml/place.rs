//! Places that events leave out, found in the text before them.

/// Where the first `-` of a field's list stands whose event starts at `start`: events of lists that are not indented
/// further than their field start at the first item.
pub(super) fn first_dash(text: &str, start: usize) -> usize {
    let mut end = start;
    loop {
        let line_start = text[..end].rfind(['\n', '\r']).map_or(0, |i| i + 1);
        let line = &text[line_start..];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_empty_or_comment =
            line[indent..].starts_with(['\n', '\r', '#']) || line_start + indent == text.len();
        if line[indent..].starts_with('-') {
            return line_start + indent;
        }
        // The item may stand below its dash.
        let is_item = line_start + indent == start;
        if line_start == 0 || !(is_item || is_empty_or_comment) {
            return start;
        }
        end = line_start - 1;
    }
}

/// Where the `|` or `>` stands that heads a block of text; events start at its first line.
pub(super) fn block_header(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default().trim_end();
    let line_start = before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let line = &before[line_start..];
    let heads = |at: usize| {
        let rest = line[at + 1..]
            .trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        rest.is_empty() || rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#')
    };
    line.match_indices(['|', '>'])
        .map(|(at, _)| at)
        .find(|at| heads(*at))
        .map_or(start, |at| line_start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_before_the_first_item() {
        assert_eq!(first_dash("a:\n- x\n", 5), 3);
        assert_eq!(first_dash("a:\n  - x\n", 5), 5);
        assert_eq!(first_dash("a:\n-\n  x: 1\n", 7), 3);
        assert_eq!(first_dash("a:\n- # why\n  x\n", 13), 3);
        assert_eq!(first_dash("a:\n-   - x\n", 7), 3);
        assert_eq!(first_dash("x", 0), 0);
    }

    #[test]
    fn headers_of_blocks() {
        assert_eq!(block_header("a: |\n  x\n", 7), 3);
        assert_eq!(block_header("a: >- # b | c\n  x\n", 16), 3);
        assert_eq!(block_header("a: &b |2+\n\n   x\n", 14), 6);
        assert_eq!(block_header("", 0), 0);
    }
}
