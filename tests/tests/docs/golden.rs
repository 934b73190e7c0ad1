//! The pages as they are committed. `UPDATE=1 cargo test -p redis-schema-tests --test docs` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use redis_schema_codegen::files::FileSet;

use crate::{EVERYTHING, pages, schema};

#[test]
fn the_pages_are_those_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docs/golden");
    let made = pages(&schema(EVERYTHING));
    if std::env::var_os("UPDATE").is_some() {
        write(&folder, &made);
        return;
    }
    let committed: Vec<PathBuf> = files(&folder);
    let expected: Vec<PathBuf> = made.iter().map(|(path, _)| folder.join(path)).collect();
    assert_eq!(committed, expected, "run with UPDATE=1");
    for (path, text) in made.iter() {
        let old = fs::read_to_string(folder.join(path)).unwrap();
        let differs = old.lines().zip(text.lines()).position(|(a, b)| a != b);
        assert!(
            old == text,
            "{path} differs from line {:?} on: run with UPDATE=1",
            differs.map(|line| line + 1)
        );
    }
}

fn write(folder: &Path, files: &FileSet) {
    let _ = fs::remove_dir_all(folder);
    for (path, text) in files.iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
