use std::collections::BTreeSet;
use std::path::PathBuf;

use redis_schema_model::load::Loaded;

/// The files that a schema was read from, its own first. `same` gives a file's name as it has to be compared: one file
/// may be known by several.
pub fn files(loaded: &Loaded, same: impl Fn(&str) -> PathBuf) -> Vec<PathBuf> {
    let files = loaded.sources.files().iter();
    files.map(|file| same(file.name())).collect()
}

/// Which of several schemas, known by their [`files`], stand for themselves. Those that another one imports are parts of
/// it; of schemas that import each other in a circle the first stands for all, so that the circle is told.
#[must_use]
pub fn roots(reads: &[Vec<PathBuf>]) -> Vec<bool> {
    let imported: BTreeSet<_> = reads.iter().flat_map(|read| read.iter().skip(1)).collect();
    let is_root = |read: &Vec<_>| read.first().is_none_or(|own| !imported.contains(own));
    let mut roots: Vec<bool> = reads.iter().map(is_root).collect();
    let mut known: BTreeSet<_> = BTreeSet::new();
    for (read, _) in reads.iter().zip(&roots).filter(|(_, root)| **root) {
        known.extend(read);
    }
    for (read, root) in reads.iter().zip(&mut roots) {
        if read.first().is_some_and(|own| !known.contains(own)) {
            *root = true;
            known.extend(read);
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use redis_schema_model::load::{MapLoader, load};

    use super::*;

    fn roots_of(files: &[(&str, &[&str])]) -> Vec<bool> {
        let mut loader = MapLoader::new();
        for (name, imports) in files {
            loader.insert(*name, format!("edition: 1\nimports: {imports:?}\n"));
        }
        let loads = files.iter().map(|(name, _)| load(&loader, name));
        let reads: Vec<_> = loads
            .map(|loaded| super::files(&loaded, |name| PathBuf::from(name)))
            .collect();
        roots(&reads)
    }

    #[test]
    fn what_another_imports_is_a_part() {
        let files: [(&str, &[&str]); 3] = [("a", &["b"]), ("b", &[]), ("c", &["b"])];
        assert_eq!(roots_of(&files), [true, false, true]);
    }

    #[test]
    fn a_circle_has_one_root() {
        let files: [(&str, &[&str]); 3] = [("a", &["b"]), ("b", &["a"]), ("c", &[])];
        assert_eq!(roots_of(&files), [true, false, true]);
    }
}
