//! Which schemas a command is about: files as given, directories searched for `*.redis.yaml`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use redis_schema_codegen::disk::{ENDINGS, is_schema};

use crate::exit::{Failure, reason};
use crate::path::{identity, shown};

/// One schema to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// `-`: standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// `-` is standard input, anything else a file.
    pub(crate) fn named(path: &Path) -> Self {
        if path.as_os_str() == "-" {
            Self::Stdin
        } else {
            Self::File(path.to_path_buf())
        }
    }

    /// The name shown in findings.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) => shown(path),
        }
    }
}

/// What a search came to.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Every schema once, in the order of the arguments, those of a directory by name.
    pub(crate) inputs: Vec<Input>,
    /// Files that were named, not come upon: reported even if another schema imports them.
    pub(crate) named: usize,
    /// What could not be searched, in words.
    pub(crate) troubles: Vec<String>,
}

/// The schemas that `paths` name; those of the current directory when there is none.
pub(crate) fn all(paths: &[PathBuf]) -> Result<Found, Failure> {
    let here = [PathBuf::from(".")];
    let mut found = Found::default();
    let mut seen = HashSet::new();
    let (directories, files): (Vec<_>, Vec<_>) = if paths.is_empty() { &here } else { paths }
        .iter()
        .partition(|path| path.is_dir());
    for path in files {
        if seen.insert(identity(path)) {
            found.inputs.push(Input::named(path));
        }
    }
    found.named = found.inputs.len();
    for directory in directories {
        for file in walk(directory, &mut found.troubles) {
            if seen.insert(identity(&file)) {
                found.inputs.push(Input::File(file));
            }
        }
    }
    if found.inputs.is_empty() && found.troubles.is_empty() {
        return Err(none(paths));
    }
    Ok(found)
}

fn none(paths: &[PathBuf]) -> Failure {
    let place = match paths {
        [] => "the current directory".to_owned(),
        paths => {
            let names: Vec<String> = paths.iter().map(|path| shown(path)).collect();
            names.join(", ")
        }
    };
    Failure::usage(format!("no schema (*.redis.yaml) in {place} or below")).help(
        "`redis-schema init` writes a first one; a file of any other name can be given by its path",
    )
}

/// The name of a schema's file without its ending: `shop` of `dir/shop.redis.yaml`.
pub(crate) fn stem(path: &Path) -> String {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let endings = ENDINGS.iter().copied().chain([".yaml", ".yml"]);
    for ending in endings {
        if let Some(stem) = name.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            return stem.to_owned();
        }
    }
    name
}

/// Schemas below a directory, by name; ignore files are respected, hidden directories left out.
fn walk(directory: &Path, troubles: &mut Vec<String>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in WalkBuilder::new(directory).require_git(false).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| !kind.is_dir()) => {
                if is_schema(entry.path()) {
                    files.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => troubles.push(trouble(&error, directory)),
        }
    }
    files.sort();
    files
}

fn trouble(error: &ignore::Error, directory: &Path) -> String {
    let path = failed_path(error).unwrap_or(directory);
    let why = error.io_error().map_or_else(|| error.to_string(), reason);
    format!("cannot search {}: {why}", shown(path))
}

fn failed_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            failed_path(err)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stem_names_the_output() {
        assert_eq!(stem(Path::new("a/shop.redis.yaml")), "shop");
        assert_eq!(stem(Path::new("shop.yaml")), "shop");
        assert_eq!(stem(Path::new("shop")), "shop");
        assert_eq!(stem(Path::new(".redis.yaml")), ".redis");
    }
}
