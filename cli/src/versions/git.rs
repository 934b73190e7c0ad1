//! Schemas of a commit, read by git itself: nothing is checked out and nothing in the working tree is touched.

mod blobs;
mod run;

use std::path::{Path, PathBuf};

use redis_schema_codegen::disk;
use redis_schema_model::load::load;

use self::blobs::Blobs;
use super::Version;
use crate::exit::Failure;
use crate::output::Output;
use crate::path::identity;

/// Which schemas of a commit are asked for.
pub(super) enum Paths {
    /// A file or folder by its path in the repository.
    Repository(String),
    /// Those that lie where these do in the working tree.
    Disk(Vec<PathBuf>),
}

/// Refuses what git could take for an option, a range or several words.
pub(super) fn check_reference(reference: &str) -> Result<(), Failure> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/+@-~^{}".contains(c);
    let is_hostile = reference.is_empty()
        || reference.starts_with('-')
        || reference.contains("..")
        || !reference.chars().all(plain);
    if is_hostile {
        let message = format!("`{}` names no commit", reference.escape_default());
        return Err(Failure::usage(message)
            .help("write a branch, a tag or a commit: `git:main`, `git:v1.2`, `git:HEAD~1`"));
    }
    Ok(())
}

/// Every schema that a commit holds at the paths.
pub(super) fn read(
    reference: &str,
    paths: &Paths,
    output: &mut Output,
) -> Result<Vec<Version>, Failure> {
    check_reference(reference)?;
    let label = |path: &str| format!("git:{reference}:{path}");
    let start = start(paths);
    let commit = run::commit(&start, reference)?;
    let mut roots = Vec::new();
    let wanted = match paths {
        Paths::Repository(path) => vec![tidy(path)?],
        Paths::Disk(paths) => within(&start, paths)?,
    };
    for path in &wanted {
        roots.extend(run::schemas(&start, &commit, path)?);
    }
    roots.sort();
    roots.dedup();
    output.detail(format_args!("{} schema files in {reference}", roots.len()));
    let blobs = Blobs::open(&start, &commit)?;
    let loads: Vec<_> = roots.iter().map(|root| load(&blobs, root)).collect();
    let reads: Vec<_> = loads
        .iter()
        .map(|loaded| disk::files(loaded, |name| PathBuf::from(name)))
        .collect();
    let is_root = disk::roots(&reads);
    loads
        .into_iter()
        .zip(&roots)
        .zip(is_root)
        .filter(|(_, is_root)| *is_root)
        .map(|((loaded, root), _)| Version::of(loaded, label(root), None, output))
        .collect()
}

/// A folder inside the repository that is asked about.
fn start(paths: &Paths) -> PathBuf {
    let first = match paths {
        Paths::Repository(_) => None,
        Paths::Disk(paths) => paths.first(),
    };
    let first = first.map_or_else(|| PathBuf::from("."), |path| identity(path));
    let folder = first.ancestors().find(|folder| folder.is_dir());
    folder.unwrap_or(Path::new(".")).to_path_buf()
}

/// Paths of the working tree as the repository knows them.
fn within(start: &Path, paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let top = identity(&run::top(start)?);
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    paths
        .iter()
        .map(|path| {
            let whole = identity(path);
            let inside = whole.strip_prefix(&top).map_err(|_| {
                Failure::usage(format!(
                    "{} is not in the repository",
                    crate::path::shown(path)
                ))
            })?;
            tidy(&crate::path::shown(inside))
        })
        .collect()
}

/// A path inside the repository, without anything that leads out of it.
fn tidy(path: &str) -> Result<String, Failure> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => return Err(outside(path)),
            part => parts.push(part),
        }
    }
    if path.starts_with('/') || path.chars().any(char::is_control) {
        return Err(outside(path));
    }
    Ok(parts.join("/"))
}

fn outside(path: &str) -> Failure {
    Failure::usage(format!(
        "`{}` is no path in the repository",
        path.escape_default()
    ))
    .help("write it from the top of the repository: `git:main:services/shop.redis.yaml`")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{check_reference, tidy};

    #[test]
    fn references_that_could_be_anything_else_are_refused() {
        for good in [
            "main",
            "v1.2",
            "HEAD~1",
            "feature/a-b",
            "HEAD^",
            "abc123",
            "main@{1}",
            "release+1",
        ] {
            assert!(check_reference(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "--upload-pack=x",
            "-x",
            "a b",
            "a..b",
            "a\nb",
            "a;b",
            "$(x)",
            "a\\b",
            "*",
            "a\u{0}b",
        ] {
            assert!(check_reference(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_stay_inside_the_repository() {
        assert_eq!(tidy("./a//b.yaml").unwrap(), "a/b.yaml");
        assert_eq!(tidy("").unwrap(), "");
        for bad in ["../a", "a/../../b", "/etc/passwd", "a\nb"] {
            assert!(tidy(bad).is_err(), "{bad}");
        }
    }
}
