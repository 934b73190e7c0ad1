//! What whole runs of the `redis-schema` command take, from the start of the process to its end, and how much memory
//! they need: check, diff, a directory of many files, a large git repository, generate and docs.
//!
//! Each figure stands beside its limit. `cargo bench -p redis-schema-benches --bench command`, with words to choose some.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod check;
mod diff;
mod files;
mod generate;
mod git;

use std::path::{Path, PathBuf};

use redis_schema_benches::against;
use redis_schema_benches::process::{self, Program, Spent};

/// Most memory of a run, in MiB.
const MEMORY: f64 = 500.0;

/// A folder of its own to run the command in.
struct Place {
    folder: tempfile::TempDir,
    program: Program,
}

impl Place {
    fn new(command: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = Program {
            file: command.to_path_buf(),
            folder: folder.path().to_path_buf(),
        };
        Self { folder, program }
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// What is measured, by name.
type Part = (&'static str, fn(&Path));

/// Both figures of a run against their limits.
fn limits(what: &str, spent: Spent, millis: f64) {
    against(what, spent.millis, millis, "ms");
    against(&format!("{what}, memory"), spent.mebibytes, MEMORY, "MiB");
}

fn main() {
    let command = process::command();
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let parts: [Part; 5] = [
        ("check", check::run),
        ("diff", diff::run),
        ("files", files::run),
        ("git", git::run),
        ("generate", generate::run),
    ];
    for (name, part) in parts {
        if words.is_empty() || words.iter().any(|word| word == name) {
            println!("{name}");
            part(&command);
        }
    }
}
