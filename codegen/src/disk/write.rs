use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Whether a file had to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// There was none.
    Created,
    /// It held something else.
    Updated,
    /// It was not touched.
    Unchanged,
}

impl Written {
    /// `created`, `updated` or `unchanged`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
        }
    }
}

/// Gives a file its text, whole or not at all. A file that has it already is not touched, so that build tools
/// see no change; missing directories are made.
///
/// # Errors
/// The file cannot be read or written.
pub fn write(path: &Path, text: &str) -> io::Result<Written> {
    if is_device(path) {
        fs::write(path, text)?;
        return Ok(Written::Updated);
    }
    let outcome = match fs::read(path) {
        Ok(old) if old == text.as_bytes() => return Ok(Written::Unchanged),
        Ok(_) => Written::Updated,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Written::Created,
        Err(error) => return Err(error),
    };
    replace(path, text)?;
    Ok(outcome)
}

/// Pipes and devices such as `/dev/null` are written to; replacing one would break it.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
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
        assert_eq!(write(&path, "one").unwrap(), Written::Created);
        let at_first = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(write(&path, "one").unwrap(), Written::Unchanged);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), at_first);
        assert_eq!(write(&path, "two").unwrap(), Written::Updated);
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_directory_in_the_way_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert!(write(dir.path(), "one").is_err());
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
        write(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        let mode = fs::metadata(&real).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
