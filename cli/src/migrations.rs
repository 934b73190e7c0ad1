//! Migrations: files in a folder beside the schema, which people run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use redis_schema_codegen::disk::is_schema;
use redis_schema_model::load::Loaded;

use crate::versions::released_files;

/// The folder, beside the schema.
const FOLDER: &str = "migrations";

/// Where accepted breaks and the folder do not agree.
#[derive(Debug, Default)]
pub(crate) struct Migrations {
    /// Migrations that accepted breaks name and of which there is no file.
    pub(crate) absent: Vec<String>,
    /// Files that no accepted break names.
    pub(crate) unnamed: Vec<String>,
}

impl Migrations {
    /// Compares a schema's folder with what its breaks name, and those of its released versions. Nothing is known of a schema
    /// without a file, and nothing is said of files beside one that never named a migration.
    pub(crate) fn of(loaded: &Loaded, released: &BTreeSet<String>) -> Self {
        let file = loaded.sources.files().first();
        let file = file.map(|file| Path::new(file.name()));
        let (Some(schema), Some(file)) = (&loaded.schema, file.filter(|file| file.is_file()))
        else {
            return Self::default();
        };
        let accept = schema.accept.iter();
        let named: BTreeSet<&String> = accept.filter_map(|it| it.migration.as_ref()).collect();
        if named.is_empty() && released.is_empty() {
            return Self::default();
        }
        let files = files(&file.with_file_name(FOLDER));
        let is_there = |name: &String| files.iter().any(|file| file.is_called(name));
        let is_named = |file: &Written| {
            named
                .iter()
                .copied()
                .chain(released)
                .any(|name| file.is_called(name))
        };
        let mut unnamed: Vec<&Written> = files.iter().filter(|it| !is_named(it)).collect();
        if !unnamed.is_empty() {
            let others = others(file);
            unnamed.retain(|it| !others.iter().any(|text| it.may_be_named_in(text)));
        }
        Self {
            absent: named
                .iter()
                .filter(|it| !is_there(it))
                .map(|it| (*it).clone())
                .collect(),
            unnamed: unnamed.into_iter().map(|it| it.name.clone()).collect(),
        }
    }
}

/// What a migration is written in.
struct Written {
    name: String,
}

impl Written {
    /// Its name, without its ending.
    fn stem(&self) -> &str {
        let stem = Path::new(&self.name).file_stem();
        stem.and_then(|stem| stem.to_str()).unwrap_or(&self.name)
    }

    /// Whether a break means it: by its name, with its ending or without.
    fn is_called(&self, name: &str) -> bool {
        name == self.name || name == self.stem()
    }

    fn may_be_named_in(&self, schema: &str) -> bool {
        schema.contains("migration") && schema.contains(self.stem())
    }
}

/// The files and folders in a folder, by name; what is hidden or explains the others is none.
fn files(folder: &Path) -> Vec<Written> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter(|name| !name.starts_with('.') && !name.to_uppercase().starts_with("README"))
        .collect();
    names.sort();
    names.into_iter().map(|name| Written { name }).collect()
}

/// The texts of the other schemas in a schema's folder, and of their released versions.
fn others(schema: &Path) -> Vec<String> {
    let folder = match schema.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let others = paths.filter(|path| path.file_name() != schema.file_name() && is_schema(path));
    let texts = others.flat_map(|path| {
        let released = released_files(&path).unwrap_or_default();
        std::iter::once(path).chain(released)
    });
    texts
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}
