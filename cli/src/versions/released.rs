//! Released versions: one JSON file each, in a folder beside the schema.

use std::path::{Path, PathBuf};

use redis_schema_model::yaml::MAX_BYTES;
use redis_schema_rules::facts::Snapshot;
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
            return Err(both(version, &a.file, &b.file));
        }
    }
    Ok(())
}

/// Two files say that they are the same version.
pub(super) fn both(version: u32, a: &Path, b: &Path) -> Failure {
    let message = format!("{} and {} are both version {version}", shown(a), shown(b));
    Failure::usage(message).help("keep the one that was released")
}

fn read(file: &Path) -> Result<Snapshot, Failure> {
    Snapshot::from_json(&text(file)?)
        .map_err(|why| Failure::usage(format!("{}: {why}", shown(file))).help(RESTORE))
}

/// What is said of a file that is no released version.
pub(super) const RESTORE: &str = "`redis-schema release` writes such files; restore it from git";

/// The text of a released version.
pub(super) fn text(file: &Path) -> Result<String, Failure> {
    let bytes = redis_schema_codegen::disk::read(file)
        .map_err(|error| Failure::io("read", file, &error))?;
    check_size(bytes.len(), file)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A released version that is written must be one that is read.
pub(crate) fn check_size(bytes: usize, file: &Path) -> Result<(), Failure> {
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    let message = format!(
        "{} has more than {} MiB, which is the most that is read of a released version",
        shown(file),
        MAX_BYTES >> 20
    );
    Err(Failure::usage(message).help(
        "declare the keys in several schemas, each with its own name: every schema has versions of its own",
    ))
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
