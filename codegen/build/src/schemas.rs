//! From a path to the checked schemas below it.

use std::path::{Component, Path, PathBuf};

use redis_schema_codegen::disk::{self, Directory};
use redis_schema_model::load::{Loaded, load};
use redis_schema_model::model::Schema;

use crate::report::Report;

/// The schemas that are found and free of errors; what is wrong with the others is told.
pub(crate) fn load_all(path: &Path, report: &mut Report) -> Vec<Schema> {
    let base = base(path);
    report.watched.insert(path.to_path_buf());
    let names: Vec<String> = find(path, report)
        .iter()
        .map(|file| name(file.strip_prefix(&base).unwrap_or(file)))
        .collect();
    let directory = Directory::new(&base);
    let loads: Vec<Loaded> = names.iter().map(|name| load(&directory, name)).collect();
    for loaded in &loads {
        let files = loaded.sources.files().iter();
        report
            .watched
            .extend(files.map(|file| directory.path(file.name())));
    }
    let same = |name: &str| {
        let path = directory.path(name);
        path.canonicalize().unwrap_or(path)
    };
    let reads: Vec<_> = loads
        .iter()
        .map(|loaded| disk::files(loaded, same))
        .collect();
    let roots = disk::roots(&reads);
    let roots = loads.into_iter().zip(roots).filter(|(_, root)| *root);
    roots
        .filter_map(|(loaded, _)| {
            report.findings(&loaded);
            loaded.schema
        })
        .collect()
}

/// What paths are told relative to, so that the same schemas give the same code on every machine: the package,
/// or the searched directory where it lies outside.
fn base(path: &Path) -> PathBuf {
    if path.is_relative() {
        return PathBuf::new();
    }
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    match package {
        Some(package) if path.starts_with(&package) => package,
        _ if path.is_dir() => path.to_path_buf(),
        _ => path.parent().unwrap_or(path).to_path_buf(),
    }
}

/// A path as schemas write it: `/` between parts, no `.`.
fn name(path: &Path) -> String {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn find(path: &Path, report: &mut Report) -> Vec<PathBuf> {
    let shown = path.display();
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    if !path.exists() {
        report.error(&format!(
            "there is no directory `{shown}`; the path starts at the package's directory"
        ));
        return Vec::new();
    }
    let found = disk::find(path);
    for (path, error) in &found.troubles {
        report.error(&format!("cannot search {}: {error}", path.display()));
    }
    if found.schemas.is_empty() && found.troubles.is_empty() {
        report.error(&format!("no schema (*.redis.yaml) in `{shown}` or below"));
    }
    found.schemas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_however_the_path_is_written() {
        assert_eq!(
            name(Path::new("./schemas//a.redis.yaml")),
            "schemas/a.redis.yaml"
        );
        assert_eq!(name(Path::new("../a.redis.yaml")), "../a.redis.yaml");
    }
}
