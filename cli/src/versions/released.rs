//! Released versions: one JSON file each, in a folder beside the schema.

use std::path::{Path, PathBuf};

use redis_schema_model::load::Loaded;
use redis_schema_rules::facts::{Facts, Snapshot};
use redis_schema_rules::versions::relevant as still_relevant;

use super::Version;
use super::origin::Others;
use crate::discover::stem;
use crate::exit::Failure;
use crate::output::Output;
use crate::path::shown;

/// The folder of a schema's released versions: `shop.versions` beside `shop.redis.yaml`.
pub(crate) fn place(schema: &Path) -> PathBuf {
    schema.with_file_name(format!("{}.versions", stem(schema)))
}

/// A released version and its file.
#[derive(Debug)]
pub(crate) struct Released {
    pub(crate) file: PathBuf,
    pub(crate) snapshot: Snapshot,
}

impl Released {
    /// Every released version of a schema, the oldest first.
    pub(crate) fn all(schema: &Path) -> Result<Vec<Self>, Failure> {
        let mut all = Vec::new();
        for file in files(schema)? {
            let snapshot = read(&file)?;
            all.push(Self { file, snapshot });
        }
        all.sort_by(|a, b| {
            let version = |one: &Self| one.snapshot.facts.schema.version;
            version(a)
                .cmp(&version(b))
                .then_with(|| a.file.cmp(&b.file))
        });
        twice(&all)?;
        Ok(all)
    }
}

/// The newest released version that lies beside a schema. Files are called by their versions, so that of many only one
/// has to be read; where one is not, all are.
pub(crate) fn newest(loaded: &Loaded) -> Result<Option<Facts>, Failure> {
    let root = loaded.sources.files().first();
    let Some(schema) = root.map(|file| Path::new(file.name())) else {
        return Ok(None);
    };
    let numbered = files(schema)?
        .into_iter()
        .map(|file| Some((number(&file)?, file)));
    let numbered: Option<Vec<(u32, PathBuf)>> = numbered.collect();
    if let Some((version, file)) = numbered.and_then(|all| all.into_iter().max()) {
        let facts = read(&file)?.facts;
        if facts.schema.version == version {
            return Ok(Some(facts));
        }
    }
    let all = Released::all(schema)?;
    Ok(all.into_iter().next_back().map(|one| one.snapshot.facts))
}

/// The version that a file is called by: 3 of `3.json`.
fn number(file: &Path) -> Option<u32> {
    file.file_stem()?.to_str()?.parse().ok()
}

/// The files of a schema's released versions by their names; none when there is no such folder.
pub(crate) fn files(schema: &Path) -> Result<Vec<PathBuf>, Failure> {
    let folder = place(schema);
    let failed = |error: std::io::Error| Failure::io("read", &folder, &error);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(_) if !folder.is_dir() => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|ending| ending == "json") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// One number stands for one version.
fn twice(all: &[Released]) -> Result<(), Failure> {
    for pair in all.windows(2) {
        let [a, b] = pair else { continue };
        let version = a.snapshot.facts.schema.version;
        if version == b.snapshot.facts.schema.version {
            let message = format!(
                "{} and {} are both version {version}",
                shown(&a.file),
                shown(&b.file)
            );
            return Err(Failure::usage(message).help("keep the one that was released"));
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<Snapshot, Failure> {
    let bytes = redis_schema_codegen::disk::read(file)
        .map_err(|error| Failure::io("read", file, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    Snapshot::from_json(&text).map_err(|why| {
        Failure::usage(format!("{}: {why}", shown(file)))
            .help("`redis-schema release` writes such files; restore it from git")
    })
}

fn version(snapshot: Snapshot) -> Version {
    Version {
        label: format!("version {}", snapshot.facts.schema.version),
        facts: snapshot.facts,
        loaded: None,
        file: None,
        superseded: None,
    }
}

/// The version in one released file.
pub(super) fn file(path: &Path) -> Result<Version, Failure> {
    read(path).map(version)
}

/// Every released version of the schemas compared with, of which data may still be there.
pub(super) fn relevant(others: &Others<'_>, output: &mut Output) -> Result<Vec<Version>, Failure> {
    let mut out = Vec::new();
    for schema in others.files() {
        let snapshots: Vec<Snapshot> = Released::all(schema)?
            .into_iter()
            .map(|one| one.snapshot)
            .collect();
        for one in still_relevant(&snapshots, others.today) {
            output.detail(format_args!(
                "data of version {} of {} may still be there",
                one.snapshot.facts.schema.version,
                shown(schema)
            ));
            out.push(Version {
                superseded: one.superseded,
                file: Some(schema.to_path_buf()),
                ..version(one.snapshot.clone())
            });
        }
    }
    if out.is_empty() {
        return Err(Failure::usage("no version was released")
            .help("`redis-schema release` freezes the current one beside the schema"));
    }
    Ok(out)
}
