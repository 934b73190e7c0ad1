//! Reads schemas from files and standard input for the model, which does no reading itself.

use std::io;
use std::path::{Path, PathBuf};

use redis_schema_codegen::{disk, parallel};
use redis_schema_model::load::{Loaded, Loader, load};

use crate::discover::{self, Found, Input};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::path::identity;
use crate::report::{Format, Report};

/// Every schema that was found; see [`each`].
pub(crate) fn every(
    found: &Found,
    output: &mut Output,
    exit: &mut Exit,
) -> Result<Vec<Loaded>, Failure> {
    each(found, output, exit, Ok)
}

/// What some work makes of every schema that was found. One that came up in a directory and is imported by another is a
/// part of that other, not a schema of its own. What cannot be read is told and raises `exit`.
///
/// Schemas are read and worked on side by side, so that of many only what the work keeps is ever held.
pub(crate) fn each<R: Send>(
    found: &Found,
    output: &mut Output,
    exit: &mut Exit,
    work: impl Fn(Loaded) -> Result<R, Failure> + Sync,
) -> Result<Vec<R>, Failure> {
    let read = |input: &Input| -> Result<Read<R>, Failure> {
        let loaded = read(input)?;
        let files = loaded.sources.files().iter();
        Ok(Read {
            names: files.map(|file| file.name().to_owned()).collect(),
            files: disk::files(&loaded, |name| identity(Path::new(name))),
            result: work(loaded),
        })
    };
    let (mut files, mut results) = (Vec::new(), Vec::new());
    for (at, read) in parallel::map(&found.inputs, read).into_iter().enumerate() {
        match read {
            Ok(read) => {
                tell_read(&read.names, output);
                files.push(read.files);
                results.push((at < found.named, read.result));
            }
            Err(failure @ Failure::Told { .. }) => *exit = (*exit).max(output.failure(&failure)),
            Err(failure) => return Err(failure),
        }
    }
    let roots = disk::roots(&files);
    results
        .into_iter()
        .zip(roots)
        .filter(|((named, _), root)| *named || *root)
        .map(|((_, result), _)| result)
        .collect()
}

/// A schema that was read and what came of it.
struct Read<R> {
    names: Vec<String>,
    files: Vec<PathBuf>,
    result: Result<R, Failure>,
}

/// Reads and checks one schema with everything it imports.
pub(crate) fn one(input: &Input, output: &mut Output) -> Result<Loaded, Failure> {
    let loaded = read(input)?;
    tell_read(
        loaded.sources.files().iter().map(|file| file.name()),
        output,
    );
    Ok(loaded)
}

fn read(input: &Input) -> Result<Loaded, Failure> {
    let disk = Disk::new(input)?;
    Ok(load(&disk, &disk.name))
}

fn tell_read<T: std::fmt::Display>(names: impl IntoIterator<Item = T>, output: &mut Output) {
    for name in names {
        output.detail(format_args!("read {name}"));
    }
}

/// What an input holds.
pub(crate) fn bytes(input: &Input) -> Result<Vec<u8>, Failure> {
    match input {
        Input::Stdin => disk::limited(io::stdin().lock())
            .map_err(|error| Failure::io("read", Path::new("standard input"), &error)),
        Input::File(path) => disk::read(path).map_err(|error| {
            let failure = Failure::io("read", path, &error);
            match error.kind() {
                io::ErrorKind::NotFound => {
                    failure.help("check the path; a directory is searched for *.redis.yaml")
                }
                _ => failure,
            }
        }),
    }
}

/// What was found in a schema, on standard error: for commands whose result is something else.
pub(crate) fn tell(loaded: &Loaded, output: &mut Output) {
    let mut report = Report::default();
    report.add(loaded.diagnostics.clone(), &loaded.sources);
    output.report(&report.render(Format::Human, output.coloured_messages()));
}

/// The one schema that a command is about, when it can only be about one.
pub(crate) fn single(path: Option<&Path>, output: &mut Output) -> Result<Input, Failure> {
    if let Some(path) = path.filter(|path| !path.is_dir()) {
        return Ok(Input::named(path));
    }
    let paths: Vec<PathBuf> = path.map(Path::to_path_buf).into_iter().collect();
    let found = discover::all(&paths)?;
    if let Some(trouble) = found.troubles.first() {
        return Err(Failure::environment(trouble));
    }
    if let [input] = found.inputs.as_slice() {
        return Ok(input.clone());
    }
    // Parts that others import are no candidates; telling them apart takes reading.
    let mut exit = Exit::Clean;
    let schemas = every(&found, output, &mut exit)?;
    let names: Vec<&str> = schemas
        .iter()
        .filter_map(|loaded| loaded.sources.files().first())
        .map(|file| file.name())
        .collect();
    match names.as_slice() {
        [name] => Ok(Input::File(PathBuf::from(*name))),
        names => Err(Failure::usage(format!(
            "several schemas here, and this command takes one: {}",
            names.join(", ")
        ))
        .help("name the one you mean")),
    }
}

/// The file system as the model sees it. The root is read before, so that a root that cannot be read is no
/// finding in a schema but a failure of the run.
struct Disk {
    name: String,
    root: Vec<u8>,
}

impl Disk {
    fn new(input: &Input) -> Result<Self, Failure> {
        bytes(input).map(|root| Self {
            name: input.name(),
            root,
        })
    }
}

impl Loader for Disk {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == self.name {
            return Ok(self.root.clone());
        }
        disk::read(Path::new(path))
    }
}
