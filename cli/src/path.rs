//! Paths as they are shown and compared.

use std::path::{Path, PathBuf};

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

/// The same path for every way of writing it; the path itself where the file system does not know it.
pub(crate) fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leading_dot_is_not_shown() {
        assert_eq!(shown(Path::new("./a/b.yaml")), "a/b.yaml");
        assert_eq!(shown(Path::new("../a")), "../a");
        assert_eq!(shown(Path::new(".")), ".");
    }
}
