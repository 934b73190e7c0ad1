//! Words that must not be in the source: unfinished work and waits. Panics are clippy's part.

use crate::{files_under, root};

#[test]
fn nothing_is_left_unfinished() {
    let unfinished = [
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("FIX", "ME"),
        concat!("#[ign", "ore"),
    ];
    for folder in [
        "schema", "codegen", "rules", "runtime", "cli", "examples", "tests", "benches",
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
