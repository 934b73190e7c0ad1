//! `redis-schema docs coverage`: how much of a schema is described.

use std::fmt::Write;
use std::path::PathBuf;

use redis_schema_codegen::docs::{Coverage, coverage};
use redis_schema_model::source::{Sources, Span};
use serde_json::{Value, json};

use crate::exit::{self, Exit, Failure};
use crate::load;
use crate::output::{BOLD, Output, Shown};

const EXAMPLES: &str = "\
Examples:
  redis-schema docs coverage                       what has no description yet
  redis-schema docs coverage --min 100             in continuous integration
  redis-schema docs coverage --format json | jq .percent

JSON: one object with described, total, percent and missing [{ path, file, line, column }]; line and column are null for the schema itself. Members may be added.";

/// Tell how much of a schema is described by `about:`, and what is not
#[derive(Debug, clap::Args)]
#[command(after_help = exit::after_help(EXAMPLES))]
pub(crate) struct Args {
    /// Schema, or directory with one, or `-` for standard input [default: this directory]
    path: Option<PathBuf>,

    /// Exit with 1 below this percentage
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min: Option<u8>,

    /// How the result is shown
    #[arg(long, value_enum, default_value_t = Shown::Human)]
    format: Shown,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let input = load::single(args.path.as_deref(), output)?;
    let loaded = load::one(&input, output)?;
    load::tell(&loaded, output);
    let Some(schema) = &loaded.schema else {
        return Ok(Exit::Wrong);
    };
    let found = coverage(schema);
    let text = match args.format {
        Shown::Human => human(&found, &input.name(), &loaded.sources),
        Shown::Json => format!("{:#}\n", object(&found, &input.name(), &loaded.sources)),
    };
    output.result(&text)?;
    match args.min.map(usize::from) {
        Some(min) if found.percent() < min => {
            output.error(format_args!(
                "{} % described, less than {min} %",
                found.percent()
            ));
            output.help("give each of the places named above an `about:`");
            Ok(Exit::Findings)
        }
        _ => Ok(Exit::Clean),
    }
}

fn human(found: &Coverage, file: &str, sources: &Sources) -> String {
    let mut out = String::new();
    for missing in &found.missing {
        let place = place(missing.span, file, sources);
        let _ = writeln!(
            out,
            "{place}: no description of {BOLD}{}{BOLD:#}",
            missing.path
        );
    }
    let _ = writeln!(
        out,
        "{} of {} described ({} %)",
        found.described,
        found.total,
        found.percent()
    );
    out
}

/// `shop.redis.yaml:9:3`, as editors make links of.
fn place(span: Option<Span>, file: &str, sources: &Sources) -> String {
    span.map_or_else(
        || file.to_owned(),
        |span| {
            let (start, _) = sources.places(span);
            format!(
                "{}:{}:{}",
                sources.name(span.file),
                start.line,
                start.column
            )
        },
    )
}

fn object(found: &Coverage, file: &str, sources: &Sources) -> Value {
    let missing: Vec<Value> = found
        .missing
        .iter()
        .map(|missing| {
            let start = missing.span.map(|span| sources.places(span).0);
            json!({
                "path": missing.path,
                "file": missing.span.map_or(file, |span| sources.name(span.file)),
                "line": start.map(|start| start.line),
                "column": start.map(|start| start.column),
            })
        })
        .collect();
    json!({
        "described": found.described,
        "total": found.total,
        "percent": found.percent(),
        "missing": missing,
    })
}
