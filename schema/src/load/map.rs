use std::collections::BTreeMap;
use std::io;

use super::Loader;

/// Files held in memory.
#[derive(Debug, Clone, Default)]
pub struct MapLoader {
    files: BTreeMap<String, Vec<u8>>,
}

impl MapLoader {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }
}

impl Loader for MapLoader {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no such file");
        self.files.get(path).cloned().ok_or_else(missing)
    }
}
