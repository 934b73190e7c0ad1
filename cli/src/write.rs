//! Writes files: whole or not at all, and only where something changed.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// Whether a file had to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Created,
    Updated,
    Unchanged,
}

impl Written {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
        }
    }
}

/// Gives a file its text; a file that has it already is not touched, so build tools see no change.
pub(crate) fn file(path: &Path, text: &str) -> Result<Written, Failure> {
    if is_device(path) {
        fs::write(path, text).map_err(|error| Failure::io("write", path, &error))?;
        return Ok(Written::Updated);
    }
    let outcome = match read(path)? {
        Some(old) if old == text.as_bytes() => return Ok(Written::Unchanged),
        Some(_) => Written::Updated,
        None => Written::Created,
    };
    replace(path, text).map_err(|error| Failure::io("write", path, &error))?;
    Ok(outcome)
}

/// Pipes and devices such as `/dev/null` are written to; replacing one would break it.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// A file's bytes; nothing when there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io("read", path, &error)),
    }
}

/// Writes beside the file and renames, so that a reader sees the old text or the new one.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays a link; what it points to is replaced.
    let target: PathBuf = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".redis-schema-").suffix(".tmp");
    let fresh = fresh_permissions();
    if let Some(permissions) = fresh {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(parent)?;
    if let Ok(old) = fs::metadata(&target) {
        keep_permissions(file.as_file(), old.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are private by default; a new result is as open as the user's umask has it.
#[cfg(unix)]
fn fresh_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn fresh_permissions() -> Option<Permissions> {
    None
}

fn keep_permissions(file: &File, old: Permissions) -> io::Result<()> {
    if old.readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    file.set_permissions(old)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn writes_once_and_leaves_no_other_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b.txt");
        assert_eq!(file(&path, "one").unwrap(), Written::Created);
        assert_eq!(file(&path, "one").unwrap(), Written::Unchanged);
        assert_eq!(file(&path, "two").unwrap(), Written::Updated);
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_links_and_modes() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().join("real.txt");
        let link = dir.path().join("link.txt");
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        file(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }
}
