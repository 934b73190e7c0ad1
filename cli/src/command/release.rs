//! `redis-schema release`: freezes the current version of a schema beside it.

use std::path::{Path, PathBuf};

use redis_schema_rules::day::Day;
use redis_schema_rules::facts::{Facts, Snapshot};
use redis_schema_rules::versions::{first_difference, number};

use crate::clock;
use crate::exit::{self, Exit, Failure};
use crate::load;
use crate::output::Output;
use crate::path::shown;
use crate::versions::{Released, check_size, released_place};
use crate::write::{self, Written};

const EXAMPLES: &str = "\
Examples:
  redis-schema release                      the schema of this directory
  redis-schema release shop.redis.yaml      writes shop.versions/3.json, to be committed
  redis-schema release --check              fails when the version was not released, or differs from what was

Each version is one file, so that branches do not conflict. A released file is never written again.";

/// Freeze the current version of a schema as released, for comparisons to come
#[derive(Debug, clap::Args)]
#[command(after_help = exit::after_help(EXAMPLES))]
pub(crate) struct Args {
    /// The schema, or a directory with one [default: this directory]
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,

    /// Write nothing; exit with 1 unless this very version was released
    #[arg(long)]
    check: bool,

    /// The day of the release [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Day>,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let input = load::single(args.path.as_deref(), output)?;
    let crate::discover::Input::File(file) = &input else {
        return Err(
            Failure::usage("standard input has no place for released versions")
                .help("name the file"),
        );
    };
    let loaded = load::one(&input, output)?;
    let Some(schema) = &loaded.schema else {
        load::tell(&loaded, output);
        return Err(Failure::usage("a schema with errors is not released"));
    };
    let facts = Facts::from(schema);
    let all = Released::all(file)?;
    let version = facts.schema.version;
    if let Some(same) = all
        .iter()
        .find(|one| one.snapshot.facts.schema.version == version)
    {
        return again(same, &facts, output);
    }
    if args.check {
        output.error(format_args!(
            "version {version} of {} was not released",
            shown(file)
        ));
        output.help("`redis-schema release` does it");
        return Ok(Exit::Findings);
    }
    if let Some(finding) = all
        .last()
        .and_then(|newest| number(&newest.snapshot.facts, &facts))
    {
        return Err(Failure::usage(format!(
            "version {version} is lower than one that was released: {}",
            finding.old
        ))
        .help(finding.fix));
    }
    let snapshot = Snapshot {
        released: Some(args.today.unwrap_or_else(clock::today)),
        facts,
    };
    freeze(file, &snapshot, output)
}

/// A version that was released before is never written again.
fn again(same: &Released, facts: &Facts, output: &mut Output) -> Result<Exit, Failure> {
    let file = shown(&same.file);
    let version = facts.schema.version;
    let Some(path) = first_difference(&same.snapshot.facts, facts) else {
        output.message(format_args!("Version {version} was released as {file}."));
        return Ok(Exit::Clean);
    };
    output.error(format_args!(
        "version {version} was released as {file} and is not what the schema says now: it differs at {path}"
    ));
    output.help(format_args!(
        "write `version: {}`",
        version.saturating_add(1)
    ));
    Ok(Exit::Findings)
}

fn freeze(schema: &Path, snapshot: &Snapshot, output: &mut Output) -> Result<Exit, Failure> {
    let folder = released_place(schema);
    let file = folder.join(format!("{}.json", snapshot.facts.schema.version));
    let text = snapshot.to_json();
    check_size(text.len(), &file)?;
    std::fs::create_dir_all(&folder).map_err(|error| Failure::io("create", &folder, &error))?;
    if let Written::Unchanged = write::file(&file, &text)? {
        output.detail("it was there already");
    }
    output.message(format_args!(
        "Released version {} as {}. Commit it.",
        snapshot.facts.schema.version,
        shown(&file)
    ));
    Ok(Exit::Clean)
}
