//! Files that follow from a schema: compared with what lies there, or brought up to date.

use std::fs;
use std::path::PathBuf;

use crate::diff;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::path::shown;
use crate::write::{self, Written};

/// What should lie on disk when all is up to date.
#[derive(Debug, Default)]
pub(crate) struct Artefacts {
    /// Each file with its text.
    pub(crate) files: Vec<(PathBuf, String)>,
    /// Files of an earlier run that no longer follow from the schema.
    pub(crate) gone: Vec<PathBuf>,
}

impl Artefacts {
    /// Shows every difference; `again` is the command that would remove them. Nothing is written.
    pub(crate) fn check(&self, again: &str, output: &mut Output) -> Result<Exit, Failure> {
        let mut stale = 0;
        for (path, text) in &self.files {
            let there = write::read(path)?;
            let name = shown(path);
            let from = if there.is_some() { &name } else { "/dev/null" };
            let old = String::from_utf8_lossy(there.as_deref().unwrap_or_default()).into_owned();
            if there.is_none() || there.as_deref() != Some(text.as_bytes()) {
                output.result(&diff::unified(from, &name, &old, text))?;
                stale += 1;
            }
        }
        for path in &self.gone {
            let old = write::read(path)?.unwrap_or_default();
            let old = String::from_utf8_lossy(&old);
            output.result(&diff::unified(&shown(path), "/dev/null", &old, ""))?;
            stale += 1;
        }
        if stale == 0 {
            output.message(format_args!("{} up to date.", self.called()));
            return Ok(Exit::Clean);
        }
        output.error(format_args!(
            "{stale} {} out of date",
            if stale == 1 { "file is" } else { "files are" }
        ));
        output.help(format_args!("run `{again}` and commit the result"));
        Ok(Exit::Findings)
    }

    /// Brings everything up to date; what is up to date already is not touched.
    pub(crate) fn write(&self, output: &mut Output) -> Result<(), Failure> {
        let mut changed = 0;
        for (path, text) in &self.files {
            let written = write::file(path, text)?;
            if written != Written::Unchanged {
                changed += 1;
            }
            output.detail(format_args!("{} {}", written.word(), shown(path)));
        }
        for path in &self.gone {
            fs::remove_file(path).map_err(|error| Failure::io("remove", path, &error))?;
            if let Some(parent) = path.parent() {
                // Succeeds only where it was the last file of its directory.
                let _ = fs::remove_dir(parent);
            }
            output.detail(format_args!("removed {}", shown(path)));
        }
        output.message(self.summary(changed));
        Ok(())
    }

    fn summary(&self, changed: usize) -> String {
        if changed == 0 && self.gone.is_empty() {
            return format!("{} up to date.", self.called());
        }
        let removed = match self.gone.len() {
            0 => String::new(),
            n => format!(", removed {n}"),
        };
        match self.files.as_slice() {
            [(path, _)] if self.gone.is_empty() => format!("Wrote {}.", shown(path)),
            files => format!(
                "Wrote {changed} of {} files{}{removed}.",
                files.len(),
                self.place()
            ),
        }
    }

    /// The directory above all files, in words.
    fn place(&self) -> String {
        let parents = self.files.iter().filter_map(|(path, _)| path.parent());
        match parents.min_by_key(|parent| parent.components().count()) {
            Some(top) if shown(top) != "." => format!(" in {}", shown(top)),
            _ => String::new(),
        }
    }

    fn called(&self) -> String {
        match self.files.as_slice() {
            [(path, _)] => format!("{} is", shown(path)),
            files => format!("{} files are", files.len()),
        }
    }
}
