use std::path::{Path, PathBuf};

use redis_schema_model::load::{Loader, load};
use redis_schema_model::template::{example_key, glob_pattern, matches};

struct Disk;

impl Loader for Disk {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(path)
    }
}

fn schemas() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let directory = entry.unwrap().path();
        if directory.is_dir() {
            for file in std::fs::read_dir(directory).unwrap() {
                let path = file.unwrap().path();
                if path.to_string_lossy().ends_with(".redis.yaml") {
                    found.push(path);
                }
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_schemas_of_the_examples_are_clean() {
    let paths = schemas();
    assert!(paths.len() >= 5, "{paths:?}");
    for path in paths {
        let loaded = load(&Disk, path.to_str().unwrap());
        assert!(loaded.diagnostics.is_empty(), "{}", super::shown(&loaded));
        let schema = loaded.schema.unwrap();
        for key in &schema.keys {
            let example = example_key(&schema, key);
            let bare = example.strip_prefix(key.prefix.text.as_str()).unwrap();
            assert!(
                matches(&schema, &key.template, bare.as_bytes()),
                "{example}"
            );
            assert!(!glob_pattern(&schema, key).is_empty());
        }
    }
}
