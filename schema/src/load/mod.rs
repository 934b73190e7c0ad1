//! From the name of a file to a checked schema, with everything it imports.
//!
//! Reading bytes is the caller's part ([`Loader`]), so that this crate does no input or output.

mod map;
mod partly;
mod path;
mod reader;

use std::io;

pub use map::MapLoader;

use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::lower::{Document, lower};
use crate::model::Schema;
use crate::source::Sources;
use partly::lower_partly;
use reader::Reader;

/// Reads files for [`load`].
pub trait Loader {
    /// The bytes of a file. `path` is the root as it was given to [`load`], or an import's path joined to that of
    /// the file that imports it: `/` between parts, no `.` and no inner `..`.
    ///
    /// # Errors
    /// Whatever keeps the file from being read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
}

/// What came of a load.
#[derive(Debug)]
pub struct Loaded {
    /// The schema; there exactly if no finding is an error.
    pub schema: Option<Schema>,
    /// Every file that was read, the root first.
    pub sources: Sources,
    /// The trees of those files that are YAML, the root first; without what could not be read of them.
    pub documents: Vec<Document>,
    /// Everything found, by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether a finding is an error, so that there is no schema.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }
}

/// Reads a schema and everything it imports, and checks all of it.
pub fn load(loader: &dyn Loader, root: &str) -> Loaded {
    let mut sink = Sink::new();
    let read = Reader::read(loader, root, &mut sink);
    let schema = match read.is_whole() {
        true => lower(&read.documents, &mut sink),
        false => {
            lower_partly(&read.documents, read.all, &mut sink);
            None
        }
    };
    let schema = schema.map(|mut schema| {
        let names = read.sources.files().iter();
        schema.files = names.map(|file| file.name().to_owned()).collect();
        schema
    });
    Loaded {
        schema,
        sources: read.sources,
        documents: read.documents,
        diagnostics: sink.into_sorted(),
    }
}

/// Checks one text that imports nothing, under the name `schema.redis.yaml`.
#[must_use]
pub fn load_text(text: &str) -> Loaded {
    const NAME: &str = "schema.redis.yaml";
    let mut loader = MapLoader::new();
    loader.insert(NAME, text);
    load(&loader, NAME)
}
