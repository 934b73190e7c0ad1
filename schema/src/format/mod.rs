//! One way to write a schema file: `redis-schema fmt`.
//!
//! Lines are moved, never rewritten: two spaces for each level, no blanks at the ends of lines, at most one empty line
//! between entries and one between top-level sections, LF, one line break at the end, a space behind `#`. Order, quotes,
//! alignment behind colons and every comment stay. The result is read again and must give the same tree.

mod blanks;
mod layout;
mod lines;

use std::fmt;

use crate::diagnostic::{Diagnostic, Sink};
use crate::node::{Node, NodeKind};
use crate::source::FileId;
use crate::yaml;
use layout::Layout;

/// Why a text was left as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum FormatError {
    /// It is not YAML that can be read; the findings are about file 0.
    Invalid(Vec<Diagnostic>),
    /// Moving its lines would change what it says.
    Unsafe,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invalid(_) => "the file is not YAML that can be read",
            Self::Unsafe => {
                "moving the lines of this file would change what it says, so it was left as it is"
            }
        })
    }
}

impl std::error::Error for FormatError {}

/// Whether lines are moved sideways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Indentation {
    Two,
    AsIs,
}

/// The text in the one way to write it.
///
/// # Errors
/// When the text cannot be read, or not be moved without changing what it says.
pub fn format(text: &str) -> Result<String, FormatError> {
    let text = unix(text);
    let tree = read(&text)?;
    for indentation in [Indentation::Two, Indentation::AsIs] {
        let layout = Layout::of(&text, &tree);
        let formatted = lines::write(&text, &tree, &layout, indentation);
        if read(&formatted).is_ok_and(|now| same(&tree, &now)) {
            return Ok(formatted);
        }
    }
    Err(FormatError::Unsafe)
}

/// Without byte order mark and with plain line breaks.
fn unix(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn read(text: &str) -> Result<Node, FormatError> {
    let mut sink = Sink::new();
    let tree = yaml::parse(FileId(0), text, &mut sink);
    match tree {
        Some(tree) if !sink.has_errors() => Ok(tree),
        _ => Err(FormatError::Invalid(sink.into_sorted())),
    }
}

/// Whether two trees say the same.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::List(a), NodeKind::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (NodeKind::Map(a), NodeKind::Map(b)) => {
            let pairs = a.iter().zip(b);
            a.len() == b.len() && { pairs }.all(|(a, b)| a.key == b.key && same(&a.value, &b.value))
        }
        (a, b) => a == b,
    }
}
