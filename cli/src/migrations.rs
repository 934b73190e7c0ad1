//! Migrations: files in a folder beside the schema, which people run.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use redis_schema_model::load::Loaded;

/// The folder, beside the schema.
const FOLDER: &str = "migrations";

/// Migrations that accepted breaks name and of which there is no file. Nothing is known of a schema without a file.
pub(crate) fn absent(loaded: &Loaded) -> Vec<String> {
    let file = loaded.sources.files().first();
    let file = file.map(|file| Path::new(file.name()));
    let (Some(schema), Some(file)) = (&loaded.schema, file.filter(|file| file.is_file())) else {
        return Vec::new();
    };
    let named: BTreeSet<&String> = schema
        .accept
        .iter()
        .filter_map(|accepted| accepted.migration.as_ref())
        .collect();
    if named.is_empty() {
        return Vec::new();
    }
    let there = names(&file.with_file_name(FOLDER));
    let absent = named.into_iter().filter(|name| !there.contains(*name));
    absent.cloned().collect()
}

/// What the files and folders in a folder are called, with their endings and without.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let both = paths.flat_map(|path| {
        [path.file_name(), path.file_stem()].map(|name| name.map(ToOwned::to_owned))
    });
    both.flatten()
        .filter_map(|name| name.into_string().ok())
        .collect()
}
