//! A large git repository, made in a second.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Makes a packed repository in an empty folder: `files` files, then `commits` commits of which each changes one of
/// them, and the files that are given, which the first commit holds. The branch is `main`; it is checked out.
///
/// # Panics
/// If git is not there or refuses.
#[allow(clippy::unwrap_used)]
pub fn make(folder: &Path, files: usize, commits: usize, given: &[(&str, &str)]) {
    git(folder, &["init", "--quiet", "--initial-branch=main"], "");
    let mut stream = String::new();
    for at in 0..=commits {
        let _ = write!(
            stream,
            "commit refs/heads/main\ncommitter Bench <bench@example.org> {} +0000\ndata 4\nstep\n",
            1_700_000_000 + at
        );
        if at == 0 {
            for (path, text) in given {
                let _ = write!(stream, "M 644 inline {path}\ndata {}\n{text}\n", text.len());
            }
            for file in 0..files {
                change(&mut stream, file, 0);
            }
        } else {
            change(&mut stream, at % files, at);
        }
        stream.push('\n');
    }
    git(
        folder,
        &["fast-import", "--quiet", "--done"],
        &(stream + "done\n"),
    );
    git(folder, &["repack", "-adq"], "");
    git(folder, &["reset", "--quiet", "--hard"], "");
}

fn change(stream: &mut String, file: usize, commit: usize) {
    let text = format!("// File {file} as of {commit}.\npub fn answer() -> usize {{ {file} }}\n");
    let path = format!(
        "services/part{}/src/module{}/file{file}.rs",
        file % 50,
        file % 400
    );
    let _ = write!(stream, "M 644 inline {path}\ndata {}\n{text}\n", text.len());
}

#[allow(clippy::unwrap_used)]
fn git(folder: &Path, args: &[&str], input: &str) {
    let mut child = Command::new("git")
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success(), "git {args:?}");
}
