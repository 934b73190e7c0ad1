//! Words that must not be in the source: unfinished work, and panics in crates that users build on.

use crate::{files_under, root};

/// Source up to its unit tests.
fn code(path: &std::path::Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.split("#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn nothing_is_left_unfinished() {
    let unfinished = [
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("FIX", "ME"),
        concat!("#[ign", "ore"),
    ];
    for folder in [
        "schema", "codegen", "runtime", "cli", "examples", "tests", "benches",
    ] {
        for path in files_under(&root().join(folder), ".rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for word in unfinished {
                assert!(!text.contains(word), "{} holds `{word}`", path.display());
            }
        }
    }
}

#[test]
fn library_code_does_not_panic() {
    let panics = [".unwrap()", ".expect(\"", "panic!(", "unreachable!("];
    for folder in [
        "schema/src",
        "runtime/src",
        "codegen/src",
        "codegen/macros/src",
        "codegen/build/src",
        "cli/src",
    ] {
        for path in files_under(&root().join(folder), ".rs") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name == "tests.rs"
                || name == "testing.rs"
                || path.components().any(|part| part.as_os_str() == "tests")
            {
                continue;
            }
            for (at, line) in code(&path).lines().enumerate() {
                let comment = line.trim_start().starts_with("//");
                for word in panics {
                    assert!(
                        comment || !line.contains(word),
                        "{}:{}: {line}",
                        path.display(),
                        at + 1
                    );
                }
            }
        }
    }
}

#[test]
fn tests_do_not_wait_for_a_fixed_time() {
    let sleep = concat!("sl", "eep(");
    for folder in ["tests/tests", "runtime/tests", "cli/tests", "examples"] {
        for path in files_under(&root().join(folder), ".rs") {
            // Waiting for a server's port is the one place that has to knock again.
            if path.components().any(|part| part.as_os_str() == "server") {
                continue;
            }
            for (at, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
                assert!(
                    !line.contains(sleep),
                    "{}:{}: {line}",
                    path.display(),
                    at + 1
                );
            }
        }
    }
}
