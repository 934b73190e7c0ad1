//! What lies beside a schema of its released versions, looked at no closer than `check` needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use redis_schema_model::diagnostic::{Code, Diagnostic};
use redis_schema_model::load::Loaded;
use redis_schema_model::source::{Sources, Span};
use redis_schema_rules::facts::{Facts, Glance, Snapshot, Unreadable};

use super::released::{RESTORE, both, files, text};
use crate::exit::Failure;
use crate::path::shown;

/// The released versions of a schema.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// The newest one. None when one that may be newer cannot be read.
    pub(crate) newest: Option<Facts>,
    /// Migrations that accepted breaks of any of them name.
    pub(crate) migrations: BTreeSet<String>,
    /// Those that cannot be read.
    broken: Vec<Broken>,
}

#[derive(Debug)]
struct Broken {
    file: PathBuf,
    text: String,
    why: Unreadable,
}

/// Looks at every released version and reads the newest.
pub(crate) fn beside(loaded: &Loaded) -> Result<Beside, Failure> {
    let mut beside = Beside::default();
    let root = loaded.sources.files().first();
    let Some(schema) = root.map(|file| Path::new(file.name())) else {
        return Ok(beside);
    };
    let mut newest: Option<(u32, PathBuf, String)> = None;
    let mut seen: BTreeMap<u32, PathBuf> = BTreeMap::new();
    for file in files(schema)? {
        let text = text(&file)?;
        match Glance::at(&text) {
            Ok(glance) => {
                if let Some(other) = seen.insert(glance.version, file.clone()) {
                    return Err(both(glance.version, &other, &file));
                }
                beside.migrations.extend(glance.migrations);
                if newest
                    .as_ref()
                    .is_none_or(|(version, ..)| *version < glance.version)
                {
                    newest = Some((glance.version, file, text));
                }
            }
            Err(why) => beside.broken.push(Broken { file, text, why }),
        }
    }
    let Some((version, file, text)) = newest else {
        return Ok(beside);
    };
    match Snapshot::from_json(&text) {
        Ok(_) if beside.broken.iter().any(|it| it.may_follow(version)) => {}
        Ok(snapshot) => beside.newest = Some(snapshot.facts),
        Err(why) => beside.broken.push(Broken { file, text, why }),
    }
    Ok(beside)
}

impl Beside {
    /// A finding for each version that cannot be read, in its file, which joins the sources.
    pub(crate) fn findings(self, sources: &mut Sources) -> Vec<Diagnostic> {
        let broken = self.broken.into_iter();
        broken.map(|one| one.finding(sources)).collect()
    }
}

impl Broken {
    /// Whether it may be a later version than this one: files are called by their numbers.
    fn may_follow(&self, version: u32) -> bool {
        let name = self.file.file_stem().and_then(|stem| stem.to_str());
        let number = name.and_then(|name| name.parse::<u32>().ok());
        number.is_none_or(|number| number > version)
    }

    fn finding(self, sources: &mut Sources) -> Diagnostic {
        let name = shown(&self.file);
        let at = match &self.why {
            Unreadable::Broken { at, .. } => *at,
            Unreadable::Newer(_) => None,
        };
        let start = at.map_or(0, |(line, column)| offset(&self.text, line, column));
        let file = sources.add(name.to_string(), self.text);
        let (why, label, help) = match self.why {
            Unreadable::Broken { why, .. } => (why, "no released version from here on", RESTORE),
            newer @ Unreadable::Newer(_) => (
                newer.to_string(),
                "written by a newer release",
                "install the release that the others of the team use",
            ),
        };
        Diagnostic::error(
            Code::E0211,
            Span::new(file, start, start),
            format!("the released version `{name}` cannot be read: {why}"),
        )
        .label(label)
        .help(help)
    }
}

/// The byte at a line and column, both from 1, as the reader of JSON counts them: in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = before.map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
