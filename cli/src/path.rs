//! Paths as they are shown and compared.

use std::path::{Path, PathBuf, absolute};

/// A path for people and for reports: without a leading `./`, with `/` between its parts.
pub(crate) fn shown(path: &Path) -> String {
    let text = match path.strip_prefix(".") {
        Ok(rest) if !rest.as_os_str().is_empty() => rest,
        _ => path,
    };
    let text = text.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// The same path for every way of writing it, before and after the file exists.
pub(crate) fn identity(path: &Path) -> PathBuf {
    let whole = absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let known = whole.ancestors().find_map(|ancestor| {
        let known = ancestor.canonicalize().ok()?;
        let rest = whole.strip_prefix(ancestor).ok()?;
        Some(known.components().chain(rest.components()).collect())
    });
    known.unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_leading_dot_is_not_shown() {
        assert_eq!(shown(Path::new("./a/b.yaml")), "a/b.yaml");
        assert_eq!(shown(Path::new("../a")), "../a");
        assert_eq!(shown(Path::new(".")), ".");
    }

    #[test]
    fn a_path_is_the_same_before_and_after_its_file_exists() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b.txt");
        let before = identity(&path);
        std::fs::create_dir(dir.path().join("a")).unwrap();
        std::fs::write(&path, "").unwrap();
        assert_eq!(identity(&path), before);
        assert_eq!(identity(&dir.path().join("a/./b.txt")), before);
    }
}
