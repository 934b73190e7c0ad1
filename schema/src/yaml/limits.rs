//! What is refused before or while reading, so that no file can exhaust the reader.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Largest file in bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// Longest line in bytes.
pub const MAX_LINE: usize = 64 << 10;
/// Deepest nesting of lists and mappings.
pub const MAX_DEPTH: usize = 64;
/// Most values in one file, those that aliases repeat included.
pub const MAX_NODES: usize = 1_000_000;

/// Looks for what makes reading pointless.
pub(super) fn check(file: FileId, text: &str) -> Option<Diagnostic> {
    if text.len() > MAX_BYTES {
        return Some(too_large(file, text.len()));
    }
    let mut line_start = 0;
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' => line_start = i + 1,
            b'\t' => {}
            0..=0x1f | 0x7f => return Some(control_character(file, i, byte)),
            _ => {}
        }
        if i.saturating_sub(line_start) >= MAX_LINE {
            return Some(too_long(file, line_start));
        }
    }
    None
}

fn too_large(file: FileId, bytes: usize) -> Diagnostic {
    let message = format!(
        "the file has {} MiB; at most {} MiB are read",
        bytes.div_ceil(1 << 20),
        MAX_BYTES >> 20
    );
    Diagnostic::error(Code::E0113, Span::new(file, 0, 0), message)
        .help("split the schema into several files and list them under `imports:`")
}

fn too_long(file: FileId, start: usize) -> Diagnostic {
    let message = format!("a line of more than {} KiB", MAX_LINE >> 10);
    Diagnostic::error(Code::E0112, Span::new(file, start, start), message)
        .label("the line starts here")
        .help("break it: a list or mapping in `[ ]` or `{ }` may go over several lines")
}

fn control_character(file: FileId, at: usize, byte: u8) -> Diagnostic {
    let message = format!("the control character U+{byte:04X}");
    let help = if byte == 0 {
        "save the file as UTF-8 text; zero bytes usually mean UTF-16 or a binary file"
    } else {
        "remove it, or write it as an escape in double quotes, e.g. \"\\x1b\""
    };
    Diagnostic::error(Code::E0109, Span::new(file, at, at + 1), message)
        .label("YAML does not allow this character")
        .help(help)
}
