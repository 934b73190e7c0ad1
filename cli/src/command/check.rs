//! `redis-schema check`: every mistake of every schema.

use std::path::PathBuf;

use redis_schema_model::load::Loaded;
use redis_schema_model::model::Schema;

use crate::discover;
use crate::exit::{self, Exit, Failure};
use crate::load;
use crate::output::Output;
use crate::report::{Format, Report};

const EXAMPLES: &str = "\
Examples:
  redis-schema check                          every schema below this directory
  redis-schema check shop.redis.yaml          one file; what it imports is checked with it
  redis-schema check - < shop.redis.yaml      standard input; imports are looked up from here
  redis-schema check --format github          annotations on a pull request
  redis-schema check --format sarif > redis-schema.sarif

JSON: one object a line. Each finding has type (\"finding\"), code, title, severity (error, warning, note), message, label, help (or null), span { file, start { line, column, byte }, end { … } } and related [{ message, span }]. Lines and columns count from 1, bytes from 0. The last line has type (\"summary\"), errors, warnings and notes. Members may be added.";

/// Find every mistake in schemas, each with its place and what to type instead
///
/// Findings go to standard output. Directories are searched for *.redis.yaml; ignore files such as .gitignore are respected.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::after_help(EXAMPLES))]
pub(crate) struct Args {
    /// Files or directories, or `-` for standard input [default: this directory]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Exit with 1 when there are warnings
    #[arg(long)]
    deny_warnings: bool,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let found = discover::all(&args.paths)?;
    let mut exit = Exit::Clean;
    for trouble in &found.troubles {
        output.error(trouble);
        exit = Exit::Environment;
    }
    let schemas = load::every(&found, output, &mut exit)?;
    let mut report = Report::default();
    for loaded in &schemas {
        report.add(&loaded.diagnostics, &loaded.sources);
    }
    output.result(&report.render(args.format, output.coloured()))?;
    let tally = report.tally();
    if tally.errors > 0 {
        exit = exit.max(Exit::Wrong);
    } else if tally.warnings > 0 && args.deny_warnings {
        exit = exit.max(Exit::Findings);
    }
    // Nothing is said about what could not be read.
    let is_blind = schemas.is_empty() && exit == Exit::Environment;
    if args.format == Format::Human && !is_blind {
        output.message(conclusion(&schemas, &report));
    }
    Ok(exit)
}

/// What to make of the findings above, which end with their number.
fn conclusion(schemas: &[Loaded], report: &Report) -> String {
    if let Some(code) = report.first_code() {
        return format!("`redis-schema explain {code}` tells more about a code.");
    }
    let counts: Vec<&Schema> = schemas
        .iter()
        .filter_map(|loaded| loaded.schema.as_ref())
        .collect();
    let sum = |count: fn(&Schema) -> usize| counts.iter().copied().map(count).sum::<usize>();
    format!(
        "No mistakes: {}, {}, {}.",
        number(schemas.len(), "schema"),
        number(sum(|schema| schema.keys.len()), "key"),
        number(sum(|schema| schema.channels.len()), "channel"),
    )
}

fn number(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
