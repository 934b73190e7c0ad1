//! Questions to git that have one answer.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use redis_schema_codegen::disk::is_schema;

use crate::exit::{Failure, reason};

/// git, unable to ask, to page, to fetch what is missing, or to read another language.
pub(super) fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

pub(super) fn not_run(error: &std::io::Error) -> Failure {
    Failure::environment(format!("cannot run git: {}", reason(error)))
        .help("install git, or compare with a file")
}

/// What git prints, or nothing when it refuses.
fn ask(folder: &Path, args: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
    let output = git(folder)
        .args(args)
        .output()
        .map_err(|error| not_run(&error))?;
    Ok(output.status.success().then_some(output.stdout))
}

fn line(bytes: Vec<u8>) -> String {
    let text = String::from_utf8_lossy(&bytes);
    text.trim_end_matches(['\n', '\r']).to_owned()
}

/// The top of the repository.
pub(super) fn top(folder: &Path) -> Result<PathBuf, Failure> {
    let top = ask(folder, &["rev-parse", "--show-toplevel"])?;
    top.map(|top| PathBuf::from(line(top))).ok_or_else(|| {
        Failure::environment("there is no git repository here")
            .help("run this in a clone, or compare with a file")
    })
}

/// The commit that a reference names.
pub(super) fn commit(folder: &Path, reference: &str) -> Result<String, Failure> {
    let name = format!("{reference}^{{commit}}");
    let found = ask(folder, &["rev-parse", "--verify", "--quiet", &name])?.map(line);
    let is_commit = |text: &String| text.len() >= 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    match found.filter(is_commit) {
        Some(commit) => Ok(commit),
        None => {
            // Without a repository no name is known.
            top(folder)?;
            Err(Failure::usage(format!("git knows no commit `{reference}`"))
                .help("check its name, or fetch it: a shallow clone has only the newest (`git fetch --depth=1 origin REF`)"))
        }
    }
}

/// The schema files that a commit holds at or below a path; the path itself whatever it is called.
pub(super) fn schemas(folder: &Path, commit: &str, path: &str) -> Result<Vec<String>, Failure> {
    let mut args = vec!["ls-tree", "-r", "-z", "--full-tree", commit];
    if !path.is_empty() {
        args.extend(["--", path]);
    }
    let listing = ask(folder, &args)?;
    let listing = listing
        .ok_or_else(|| Failure::environment(format!("git cannot list the files of {commit}")))?;
    let entries = listing.split(|byte| *byte == 0);
    Ok(entries
        .filter_map(|entry| {
            let (about, name) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
            // 100644 and 100755 are files; links and submodules are not followed.
            let wanted = about.starts_with("100") && (name == path || is_schema(Path::new(name)));
            wanted.then(|| name.to_owned())
        })
        .collect())
}
