//! Schemas in files and directories.

use std::path::{Path, PathBuf};

use super::Version;
use crate::discover::{self, Input};
use crate::exit::{Exit, Failure};
use crate::load;
use crate::output::Output;
use crate::path::shown;

pub(super) fn read(path: &Path, output: &mut Output) -> Result<Vec<Version>, Failure> {
    if path.as_os_str() != "-" && !path.exists() {
        let message = format!("cannot read {}: no such file or directory", shown(path));
        return Err(Failure::environment(message).help(
            "a version is a path, `git:REF`, `git:REF:PATH`, a released file, or `released`",
        ));
    }
    let found = discover::all(&[path.to_path_buf()])?;
    if let Some(trouble) = found.troubles.first() {
        return Err(Failure::environment(trouble));
    }
    let mut exit = Exit::Clean;
    let schemas = load::every(&found, output, &mut exit)?;
    if exit != Exit::Clean {
        return Err(Failure::environment(format!(
            "{} was not read whole",
            shown(path)
        )));
    }
    schemas
        .into_iter()
        .map(|loaded| {
            let name = loaded
                .sources
                .files()
                .first()
                .map(|file| file.name().to_owned());
            let name = name.unwrap_or_else(|| shown(path));
            let is_file = found.inputs.contains(&Input::File(PathBuf::from(&name)))
                || Path::new(&name).is_file();
            let file = is_file.then(|| PathBuf::from(&name));
            Version::of(loaded, name, file, output)
        })
        .collect()
}
