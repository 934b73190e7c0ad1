//! How a user names a version.

use std::path::{Path, PathBuf};

use super::{Version, disk, git, released};
use crate::exit::Failure;
use crate::output::Output;

/// Where a version is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A file or a directory.
    Path(PathBuf),
    /// A commit of the repository, and a path in it.
    Git {
        reference: String,
        path: Option<String>,
    },
    /// Every released version of which data may still be there.
    Released,
}

impl Origin {
    /// `git:REF`, `git:REF:PATH`, `released`, or a path.
    pub(crate) fn of(text: &str) -> Result<Self, Failure> {
        if text == "released" {
            return Ok(Self::Released);
        }
        let Some(rest) = text.strip_prefix("git:") else {
            return Ok(Self::Path(PathBuf::from(text)));
        };
        let (reference, path) = match rest.split_once(':') {
            Some((reference, path)) => (reference, Some(path.to_owned())),
            None => (rest, None),
        };
        git::check_reference(reference)?;
        Ok(Self::Git {
            reference: reference.to_owned(),
            path,
        })
    }

    /// The path on disk, if it is one.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Path(path) => Some(path.clone()),
            Self::Git { .. } | Self::Released => None,
        }
    }

    /// Every schema there, for comparison with `others`, which are what the other side holds.
    pub(crate) fn read(
        &self,
        others: &Others<'_>,
        output: &mut Output,
    ) -> Result<Vec<Version>, Failure> {
        match self {
            Self::Path(path) if path.extension().is_some_and(|ending| ending == "json") => {
                released::file(path).map(|version| vec![version])
            }
            Self::Path(path) => disk::read(path, output),
            Self::Git { reference, path } => {
                let paths = match path {
                    Some(path) => git::Paths::Repository(path.clone()),
                    None => git::Paths::Disk(others.paths.to_vec()),
                };
                git::read(reference, &paths, output)
            }
            Self::Released => released::relevant(others, output),
        }
    }
}

/// What is compared with a version.
pub(crate) struct Others<'a> {
    /// Where it is, as the user said.
    pub(crate) paths: &'a [PathBuf],
    /// What is there.
    pub(crate) versions: &'a [Version],
    /// The day.
    pub(crate) today: redis_schema_rules::day::Day,
}

impl Others<'_> {
    /// The files that hold what is compared.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        self.versions
            .iter()
            .filter_map(|version| version.file.as_deref())
    }
}
