//! Files stay small enough to be read in one go, and every folder of code has words that introduce it.

use crate::{files_under, root};

/// Lines a source file may have, tests at its end not counted.
const LONGEST: usize = 500;

/// Folders whose Rust files are written by hand.
const FOLDERS: [&str; 8] = [
    "schema", "codegen", "rules", "runtime", "cli", "examples", "tests", "benches",
];

fn is_generated(text: &str) -> bool {
    text.lines().take(3).any(|line| line.contains("@generated"))
}

#[test]
fn no_source_file_is_too_long() {
    let mut long = Vec::new();
    for folder in FOLDERS {
        for path in files_under(&root().join(folder), ".rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text
                .lines()
                .take_while(|line| *line != "#[cfg(test)]")
                .count();
            if lines > LONGEST && !is_generated(&text) {
                long.push(format!("{}: {lines}", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "split these files:\n{}", long.join("\n"));
}

#[test]
fn every_crate_and_module_folder_introduces_itself() {
    let mut silent = Vec::new();
    for folder in [
        "schema/src",
        "codegen/src",
        "codegen/macros/src",
        "codegen/build/src",
        "rules/src",
        "runtime/src",
        "cli/src",
    ] {
        for ending in ["lib.rs", "main.rs", "mod.rs"] {
            for path in files_under(&root().join(folder), ending) {
                if !std::fs::read_to_string(&path).unwrap().starts_with("//!") {
                    silent.push(path.display().to_string());
                }
            }
        }
    }
    assert!(
        silent.is_empty(),
        "begin these files with `//!`:\n{}",
        silent.join("\n")
    );
}

#[test]
fn text_files_end_lines_the_unix_way() {
    for ending in [".rs", ".md", ".yaml", ".toml", ".hbs", ".sh"] {
        for path in files_under(&root(), ending) {
            let bytes = std::fs::read(&path).unwrap();
            let fixture = path.components().any(|part| part.as_os_str() == "hostile");
            assert!(
                fixture || !bytes.contains(&b'\r'),
                "{} has carriage returns",
                path.display()
            );
        }
    }
}
