//! YAML text to a [`Node`] tree: the only module that knows the parser.
//!
//! It reads the parser's event stream rather than deserialising, since only events carry the end of
//! every collection, the style of every scalar and the place of anchors. Everything is text here: which
//! field is a number or a boolean is the field table's business, so `0012` and `1.10` stay as written.

mod block;
mod compose;
mod damage;
mod error;
mod hint;
mod limits;
mod map;
mod place;
mod recover;

use serde_yaml::granit_parser::{self, Event, Parser, ScanError};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::node::Node;
use crate::source::{FileId, Span};

use compose::Lost;
pub(crate) use hint::must_be_quoted;
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_LINE, MAX_NODES};

/// Reads one file. Whatever is wrong with it goes to the sink; nothing comes back when no tree of use does.
///
/// What cannot be read is left out with the smallest block that holds it, and what held that is
/// [damaged](Node::damaged). A text without mistakes is read once, one with mistakes some twenty times at most.
pub fn parse(file: FileId, text: &str, sink: &mut Sink) -> Option<Node> {
    if let Some(finding) = limits::check(file, text) {
        sink.push(finding);
        return None;
    }
    let mut found = Vec::new();
    let root = recover::read(file, text, &mut found);
    for finding in found {
        sink.push(finding);
    }
    root
}

/// What came of reading a text once.
enum Attempt {
    /// Its tree, if there is anything in it.
    Read(Option<Node>),
    /// It asks for more than is read.
    Stopped,
    /// The parser stopped inside of the bracket at `flow`, if that is open.
    Broken {
        error: ScanError,
        flow: Option<usize>,
    },
}

/// Reads a text once; `lost` are the anchors in what was left out of it, if anything was.
fn attempt(file: FileId, text: &str, lost: Option<&Lost>, found: &mut Vec<Diagnostic>) -> Attempt {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH * 2,
        block_nesting_limit: MAX_DEPTH * 2,
    };
    let mut composer = compose::Composer::new(file, text, lost, found);
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Err(error) => {
                if let Some(limit) = error::limit(file, text, &error) {
                    composer.report(limit);
                    return Attempt::Stopped;
                }
                let flow = composer.outermost_bracket();
                return Attempt::Broken { error, flow };
            }
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                if documents > 1 {
                    let range = span.byte_range().unwrap_or_default();
                    composer.report(second_document(Span::new(file, range.start, range.end)));
                    break;
                }
            }
            Ok((event, span)) => {
                if composer.event(event, &span).is_err() {
                    return Attempt::Stopped;
                }
            }
        }
    }
    Attempt::Read(composer.finish())
}

fn second_document(span: Span) -> Diagnostic {
    Diagnostic::error(Code::E0106, span, "a second document in one file")
        .label("another document starts here")
        .help("keep one schema per file: remove the `---`, or move what follows to a file of its own and list it under `imports:`")
}
