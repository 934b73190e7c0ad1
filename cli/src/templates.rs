//! Templates of reference pages: the built-in ones for changing, and a user's own.

use std::fs;
use std::path::{Path, PathBuf};

use redis_schema_codegen::docs::{TemplateError, builtin_templates};

use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::path::shown;
use crate::write;

/// The ending of a template's file.
const ENDING: &str = "hbs";

/// Writes the built-in templates; changed ones that lie there are never lost.
pub(crate) fn emit(directory: &Path, output: &mut Output) -> Result<Exit, Failure> {
    let files: Vec<(PathBuf, &str)> = builtin_templates()
        .iter()
        .map(|(name, text)| (directory.join(format!("{name}.{ENDING}")), *text))
        .collect();
    for (path, text) in &files {
        if write::read(path)?.is_some_and(|old| old != text.as_bytes()) {
            return Err(Failure::usage(format!(
                "{} is there already and differs from the built-in template",
                shown(path)
            ))
            .help("name another directory, or remove the file"));
        }
    }
    for (path, text) in &files {
        let written = write::file(path, text)?;
        output.detail(format_args!("{} {}", written.word(), shown(path)));
    }
    output.message(format_args!(
        "Wrote {} templates to {}. Keep the ones you change and remove the others.",
        files.len(),
        shown(directory)
    ));
    Ok(Exit::Clean)
}

/// A user's templates by name, in order of the names.
pub(crate) fn read(directory: &Path) -> Result<Vec<(String, String)>, Failure> {
    let entries =
        fs::read_dir(directory).map_err(|error| Failure::io("read", directory, &error))?;
    let mut templates = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|error| Failure::io("read", directory, &error))?
            .path();
        if path.extension().is_none_or(|ending| ending != ENDING) {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        templates.push((name.into_owned(), text));
    }
    if templates.is_empty() {
        return Err(
            Failure::usage(format!("no templates (*.{ENDING}) in {}", shown(directory)))
                .help("`redis-schema docs --emit-templates DIR` writes the built-in ones"),
        );
    }
    templates.sort();
    Ok(templates)
}

/// What is wrong with a template, with its file where it is the user's own.
pub(crate) fn failure(error: &TemplateError, directory: Option<&Path>) -> Failure {
    let mut place = match directory.map(|dir| dir.join(format!("{}.{ENDING}", error.template))) {
        Some(path) if path.exists() => shown(&path),
        _ => format!("template `{}`", error.template),
    };
    if let Some((line, column)) = error.place {
        place.push_str(&format!(":{line}:{column}"));
    }
    let failure = Failure::usage(format!("{place}: {}", error.message));
    match &error.help {
        Some(help) => failure.help(help),
        None => failure,
    }
}
