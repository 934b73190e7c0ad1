//! Reads schemas from files and standard input for the model, which does no reading itself.

use std::io;
use std::path::{Path, PathBuf};

use redis_schema_codegen::disk;
use redis_schema_model::load::{Loaded, Loader, load};

use crate::discover::{self, Found, Input};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::path::identity;
use crate::report::{Format, Report};

/// Every schema that was found. One that came up in a directory and is imported by another is a part of that
/// other, not a schema of its own. What cannot be read is told and raises `exit`.
pub(crate) fn every(
    found: &Found,
    output: &mut Output,
    exit: &mut Exit,
) -> Result<Vec<Loaded>, Failure> {
    let mut schemas = Vec::new();
    for input in &found.inputs {
        match one(input, output) {
            Ok(loaded) => schemas.push(loaded),
            Err(failure @ Failure::Told { .. }) => *exit = (*exit).max(output.failure(&failure)),
            Err(failure) => return Err(failure),
        }
    }
    let roots = disk::roots(&schemas, |name| identity(Path::new(name)));
    let kept = schemas
        .into_iter()
        .zip(roots)
        .enumerate()
        .filter(|(position, (_, root))| *position < found.named || *root)
        .map(|(_, (loaded, _))| loaded)
        .collect();
    Ok(kept)
}

/// Reads and checks one schema with everything it imports.
pub(crate) fn one(input: &Input, output: &mut Output) -> Result<Loaded, Failure> {
    let disk = Disk::new(input)?;
    let loaded = load(&disk, &disk.name);
    for file in loaded.sources.files() {
        output.detail(format_args!("read {}", file.name()));
    }
    Ok(loaded)
}

/// What an input holds.
pub(crate) fn bytes(input: &Input) -> Result<Vec<u8>, Failure> {
    match input {
        Input::Stdin => disk::limited(io::stdin().lock())
            .map_err(|error| Failure::io("read", Path::new("standard input"), &error)),
        Input::File(path) => disk::read(path).map_err(|error| Failure::io("read", path, &error)),
    }
}

/// What was found in a schema, on standard error: for commands whose result is something else.
pub(crate) fn tell(loaded: &Loaded, output: &mut Output) {
    let mut report = Report::default();
    report.add(&loaded.diagnostics, &loaded.sources);
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
