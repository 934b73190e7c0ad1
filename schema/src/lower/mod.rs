//! From the trees of the files that were read to the checked [`Schema`].
//!
//! Shapes are checked before (by the language's tables): where a value has a wrong one, lowering skips
//! it without a word. What it reports is meaning. Every declaration keeps its id even when it fails, so
//! one mistake never looks like another at the places that refer to it.

mod bits;
mod cache;
mod channel;
mod database;
mod declared;
mod draft;
mod fields;
mod group;
mod header;
mod key;
mod lifetime;
mod limit;
mod lock;
mod pack;
mod param;
mod policy;
mod prefix;
mod progress;
mod session;
mod stream;
mod structure;
mod template;
mod tombstone;
mod types;
mod unavailable;
mod unit;
mod value;
mod work;

pub(crate) use draft::{Draft, Site};
pub(crate) use header::Header;
pub use policy::duration_range;

use crate::check;
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{Prefix, Schema, TypeId};
use crate::node::Node;
use crate::source::{FileId, Span};
use declared::Declarations;

/// Sections whose entries are declarations, each of which stands for itself.
pub const SECTIONS: [&str; 9] = [
    "databases",
    "params",
    "types",
    "keys",
    "channels",
    "units",
    "groups",
    "packs",
    "tombstones",
];

/// One file that was read, with its fields already checked against the language's tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Which file.
    pub file: FileId,
    /// Its tree.
    pub node: Node,
    /// The file that was asked for; every other one came by `imports:`.
    pub root: bool,
}

/// The schema that the documents declare together. Every mistake goes to the sink; with an error in it,
/// also one from before, there is no schema.
///
/// The names of the files are the caller's to fill in.
#[must_use]
pub fn lower(documents: &[Document], sink: &mut Sink) -> Option<Schema> {
    let declared = Declarations::collect(documents, sink);
    let mut lowering = Lowering {
        sink,
        declared: &declared,
        draft: Draft::new(&declared),
        prefix: Prefix::default(),
        references: Vec::new(),
        records: Vec::new(),
        tagged: Vec::new(),
        written_fields: Vec::new(),
        begun: Vec::new(),
        earlier_names: Vec::new(),
    };
    let header = lowering.header(documents);
    lowering.run();
    let Lowering { draft, .. } = &mut lowering;
    let draft = std::mem::take(draft);
    let draft = check::check(draft, header.as_ref(), sink);
    if sink.has_errors() {
        return None;
    }
    draft.into_schema(header?)
}

/// Everything that lowering reads and fills.
struct Lowering<'a> {
    sink: &'a mut Sink,
    declared: &'a Declarations<'a>,
    draft: Draft,
    /// The schema's prefix.
    prefix: Prefix,
    /// `ref:`s to parameters, to be checked when every template is known.
    references: Vec<value::Reference>,
    /// Names that must be those of records.
    records: Vec<(TypeId, Span)>,
    /// Records that are stored field by field.
    written_fields: Vec<structure::Written>,
    /// Variants whose fields must leave the tag's name free.
    tagged: Vec<types::Tagged>,
    /// By declared type: whether lowering it has begun.
    begun: Vec<bool>,
    /// By declared type: `was:`.
    earlier_names: Vec<Vec<String>>,
}

impl<'a> Lowering<'a> {
    fn run(&mut self) {
        self.databases();
        self.types();
        self.params();
        self.keys();
        self.channels();
        self.check_references();
        self.check_records();
        self.check_written_fields();
        self.units();
        self.groups();
        self.packs();
        self.tombstones();
    }

    fn report(&mut self, finding: Diagnostic) {
        self.sink.push(finding);
    }

    /// The value, or its finding into the sink.
    fn accept<T>(&mut self, parsed: crate::text::Parsed<T>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(finding) => {
                self.report(*finding);
                None
            }
        }
    }
}
