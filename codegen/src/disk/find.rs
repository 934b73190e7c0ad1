use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The endings that make a file a schema.
pub const ENDINGS: [&str; 2] = [".redis.yaml", ".redis.yml"];

/// Whether the name of a file says that it is a schema.
#[must_use]
pub fn is_schema(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| ENDINGS.iter().any(|ending| name.ends_with(ending)))
}

/// What a search came to.
#[derive(Debug, Default)]
pub struct Found {
    /// Files by name, each path beginning with the directory that was searched.
    pub schemas: Vec<PathBuf>,
    /// What could not be searched, and why.
    pub troubles: Vec<(PathBuf, io::Error)>,
}

/// Schemas in a directory and below it. Hidden directories are left out, as are directories behind links, which
/// could lead in a circle.
#[must_use]
pub fn find(directory: &Path) -> Found {
    let mut found = Found::default();
    let mut open = vec![directory.to_path_buf()];
    while let Some(directory) = open.pop() {
        if let Err(error) = search(&directory, &mut open, &mut found.schemas) {
            found.troubles.push((directory, error));
        }
    }
    found.schemas.sort();
    found
}

fn search(directory: &Path, open: &mut Vec<PathBuf>, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if !entry.file_name().to_string_lossy().starts_with('.') {
                open.push(path);
            }
        } else if is_schema(&path) && !path.is_dir() {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_schema_is_known_by_its_ending() {
        assert!(is_schema(Path::new("a/shop.redis.yaml")));
        assert!(is_schema(Path::new("shop.redis.yml")));
        assert!(!is_schema(Path::new("redis.yaml")));
        assert!(!is_schema(Path::new("shop.redis.yaml.bak")));
    }

    #[test]
    fn a_missing_directory_is_a_trouble() {
        let found = find(Path::new("no/such/directory"));
        assert!(found.schemas.is_empty());
        assert_eq!(found.troubles[0].0, Path::new("no/such/directory"));
    }
}
