//! What can be said of the meaning of a schema of which parts could not be read.
//!
//! Shapes are checked wherever there is one. Of what lowering finds only that is kept which the missing parts cannot
//! have brought about: what follows from one text, or from a declaration that is whole, and names that nobody declares
//! in sections that lack none.

use std::ops::RangeInclusive;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::{Document, SECTIONS, lower};
use crate::node::{Entry, Node};
use crate::source::FileId;

/// Lowers what is there and keeps what holds all the same. `all_read` says whether every file that is imported is
/// among the documents.
pub(super) fn lower_partly(documents: &[Document], all_read: bool, sink: &mut Sink) {
    let gaps = Gaps {
        documents,
        all_read,
        unclear: documents.iter().flat_map(unclear).collect(),
    };
    let mut found = Sink::new();
    // There is no schema: the mistakes that left the gaps are in the caller's sink.
    let _ = lower(documents, &mut found);
    for finding in found.into_sorted() {
        if gaps.let_stand(&finding) {
            sink.push(finding);
        }
    }
}

struct Gaps<'a> {
    documents: &'a [Document],
    all_read: bool,
    /// Declarations and fields of a file that are not whole.
    unclear: Vec<(FileId, RangeInclusive<usize>)>,
}

impl Gaps<'_> {
    fn let_stand(&self, finding: &Diagnostic) -> bool {
        let at = finding.span.range().start;
        let in_gap = |(file, range): &(FileId, RangeInclusive<usize>)| {
            *file == finding.span.file && range.contains(&at)
        };
        finding.code.code().is_some_and(|code| match basis(code) {
            Basis::Text => true,
            Basis::Names(sections) => sections.iter().all(|section| self.lists_all(section)),
            Basis::Declaration => !self.unclear.iter().any(in_gap),
            Basis::Everything => false,
        })
    }

    /// Whether every declaration of a section is there, at least by name.
    fn lists_all(&self, section: &str) -> bool {
        let lists_all = |document: &Document| {
            let section = document.node.get(section);
            !document.node.damaged && section.is_none_or(|section| !section.damaged)
        };
        self.all_read && self.documents.iter().all(lists_all)
    }
}

fn unclear(document: &Document) -> Vec<(FileId, RangeInclusive<usize>)> {
    let fields = document.node.entries().iter();
    let parts = fields.flat_map(|field| match SECTIONS.contains(&field.key.as_str()) {
        true => field.value.entries(),
        false => std::slice::from_ref(field),
    });
    let gaps = parts.filter(|entry| !entry.value.is_whole());
    gaps.map(|entry| (document.file, extent(entry))).collect()
}

/// From the name to behind the last value, those that are repeated from elsewhere left out.
fn extent(entry: &Entry) -> RangeInclusive<usize> {
    fn end(node: &Node) -> usize {
        let entries = node.entries().iter().map(|entry| end(&entry.value));
        let items = node.items().iter().map(end);
        entries.chain(items).fold(node.span.range().end, usize::max)
    }
    let start = entry.key_span.range().start;
    start..=end(&entry.value).max(entry.key_span.range().end)
}

/// What a finding rests on.
enum Basis {
    /// The text that it points at.
    Text,
    /// That a name is not in these sections.
    Names(&'static [&'static str]),
    /// The words of one declaration.
    Declaration,
    /// What else is declared, so that it may be wrong when something is missing.
    Everything,
}

fn basis(code: Code) -> Basis {
    use Code as C;
    match code {
        C::E0301 | C::E0302 | C::E0311 | C::E0312 => Basis::Text,
        C::E0401 | C::E0402 | C::E0403 | C::E0408 | C::E0414 => Basis::Text,
        C::E0601 | C::E0611 | C::E0612 | C::E0706 | C::E0903 => Basis::Text,
        C::E0304 => Basis::Names(&["params"]),
        C::E0305 => Basis::Names(&["params", "types"]),
        C::E0306 => Basis::Names(&["keys"]),
        C::E0307 => Basis::Names(&["databases"]),
        C::E0410 => Basis::Names(&["types"]),
        C::E0303 | C::E0308 | C::E0309 | C::E0310 => Basis::Declaration,
        C::E0411 | C::E0412 | C::E0501 | C::E0502 | C::E0504 | C::E0508 => Basis::Declaration,
        C::E0602 | C::E0605 => Basis::Declaration,
        _ => Basis::Everything,
    }
}
