//! Files that commands write; how, is the same for the build-script door.

use std::fs;
use std::io;
use std::path::Path;

pub(crate) use redis_schema_codegen::disk::Written;

use crate::exit::Failure;

/// Gives a file its text; a file that has it already is not touched.
pub(crate) fn file(path: &Path, text: &str) -> Result<Written, Failure> {
    redis_schema_codegen::disk::write(path, text)
        .map_err(|error| Failure::io("write", path, &error))
}

/// A file's bytes; nothing when there is none, and nothing of a pipe or a device, which might never end.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    if is_special(path) {
        return Ok(None);
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io("read", path, &error)),
    }
}

/// Whether a path leads to a pipe, a device or the like.
pub(crate) fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}
