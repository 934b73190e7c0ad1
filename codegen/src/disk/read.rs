use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use redis_schema_model::load::Loader;
use redis_schema_model::yaml::MAX_BYTES;

/// A directory that paths of schemas are relative to, so that no finding and no generated line says where on
/// the machine it lies.
#[derive(Debug, Clone)]
pub struct Directory(PathBuf);

impl Directory {
    /// Reads files by their paths from `base`; an empty one is the current directory.
    #[must_use]
    pub fn new(base: impl Into<PathBuf>) -> Self {
        Self(base.into())
    }

    /// Where a file lies; a path that is absolute stays as it is.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Loader for Directory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        read(&self.path(path))
    }
}

/// The bytes of a file, up to one more than a schema may have.
///
/// # Errors
/// The file cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    File::open(path).and_then(limited)
}

/// All there is, but no more than shows that it is too much: an endless device must not fill the memory.
///
/// # Errors
/// Whatever the reader says.
pub fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_endless_reader_ends() {
        let bytes = limited(io::repeat(b'#')).unwrap();
        assert_eq!(bytes.len(), MAX_BYTES + 1);
    }

    #[test]
    fn names_are_relative_to_the_directory_unless_they_are_absolute() {
        let here = Directory::new(env!("CARGO_MANIFEST_DIR"));
        assert!(here.read("Cargo.toml").is_ok());
        assert!(here.read("src/../Cargo.toml").is_ok());
        let absolute = here.path("Cargo.toml");
        assert!(here.read(absolute.to_str().unwrap()).is_ok());
        let missing = here.read("no-such.redis.yaml").unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    }
}
