//! Versions of schemas to compare, wherever they are: files, directories, git, released versions.

mod beside;
mod disk;
mod git;
mod history;
mod origin;
mod owed;
mod pairs;
mod released;

pub(crate) use beside::{Beside, beside};
pub(crate) use history::history;
pub(crate) use origin::{Origin, Others};
pub(crate) use owed::owed;
pub(crate) use pairs::Pairs;
pub(crate) use released::{Released, check_size, files as released_files, place as released_place};

use std::path::PathBuf;

use redis_schema_model::load::Loaded;
use redis_schema_rules::day::Day;
use redis_schema_rules::facts::Facts;

use crate::exit::Failure;
use crate::output::Output;

/// One schema of a version.
#[derive(Debug)]
pub(crate) struct Version {
    /// What it is called in findings: `git:main`, `version 3`.
    pub(crate) label: String,
    /// What it says.
    pub(crate) facts: Facts,
    /// Its text with all places, unless it comes from a released file.
    pub(crate) loaded: Option<Loaded>,
    /// The file of it on disk.
    pub(crate) file: Option<PathBuf>,
    /// The day from which a later one was written.
    pub(crate) superseded: Option<Day>,
}

impl Version {
    /// The version of a schema that was read; its mistakes are told and stop the run.
    fn of(
        loaded: Loaded,
        label: String,
        file: Option<PathBuf>,
        output: &mut Output,
    ) -> Result<Self, Failure> {
        let Some(schema) = &loaded.schema else {
            crate::load::tell(&loaded, output);
            return Err(Failure::usage(format!("the schema of {label} has errors")));
        };
        Ok(Self {
            label,
            facts: Facts::from(schema),
            loaded: Some(loaded),
            file,
            superseded: None,
        })
    }

    /// Its own name.
    pub(crate) fn name(&self) -> &str {
        &self.facts.schema.name
    }
}
