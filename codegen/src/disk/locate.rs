use std::path::{Path, PathBuf};

use super::is_schema;

/// The first of several directories that holds a file of this name.
///
/// # Errors
/// None does: the places that were tried and the schemas that are near, in words.
pub fn locate(name: &str, bases: &[PathBuf]) -> Result<PathBuf, String> {
    let found = bases.iter().find(|base| base.join(name).is_file());
    found.cloned().ok_or_else(|| missing(name, bases))
}

fn missing(name: &str, bases: &[PathBuf]) -> String {
    let mut out = format!("there is no file `{name}`\n");
    for base in bases {
        out.push_str(&format!("looked for {}\n", base.join(name).display()));
    }
    out.push_str("help: the path starts at the directory of Cargo.toml, or of this file");
    let near = near(name, bases);
    if !near.is_empty() {
        out.push_str(&format!("; there is {}", near.join(", ")));
    }
    out
}

/// Schemas that lie where the missing one was looked for, as they would be named.
fn near(name: &str, bases: &[PathBuf]) -> Vec<String> {
    const MOST: usize = 4;
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let mut near: Vec<String> = bases
        .iter()
        .filter_map(|base| base.join(folder).read_dir().ok())
        .flat_map(|entries| entries.flatten())
        .filter(|entry| is_schema(&entry.path()))
        .map(|entry| format!("`{}`", folder.join(entry.file_name()).display()))
        .collect();
    near.sort();
    near.dedup();
    near.truncate(MOST);
    near
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_first_directory_that_has_the_file_wins() {
        let dir = tempfile::tempdir().unwrap();
        let bases = [dir.path().join("a"), dir.path().join("b")];
        for base in &bases {
            std::fs::create_dir(base).unwrap();
        }
        std::fs::write(bases[1].join("x.redis.yaml"), "").unwrap();
        assert_eq!(locate("x.redis.yaml", &bases).unwrap(), bases[1]);
        std::fs::write(bases[0].join("x.redis.yaml"), "").unwrap();
        assert_eq!(locate("x.redis.yaml", &bases).unwrap(), bases[0]);
    }

    #[test]
    fn a_missing_file_tells_where_it_was_looked_for_and_what_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let bases = [dir.path().to_path_buf(), dir.path().join("src")];
        std::fs::create_dir(dir.path().join("s")).unwrap();
        std::fs::write(dir.path().join("s/shop.redis.yaml"), "").unwrap();
        let told = locate("s/shp.redis.yaml", &bases).unwrap_err();
        for base in &bases {
            let path = base.join("s/shp.redis.yaml");
            assert!(told.contains(path.to_str().unwrap()), "{told}");
        }
        assert!(told.contains("there is `s/shop.redis.yaml`"), "{told}");
    }
}
