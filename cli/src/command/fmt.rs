//! `redis-schema fmt`: one way to lay out a schema.

use std::path::PathBuf;

use redis_schema_model::format::{FormatError, format};
use redis_schema_model::source::Sources;

use crate::diff;
use crate::discover::{self, Input};
use crate::exit::{self, Exit, Failure};
use crate::load;
use crate::output::Output;
use crate::report::{Format, Report};
use crate::write::{self, Written};

const EXAMPLES: &str = "\
Examples:
  redis-schema fmt                        every schema below this directory, in place
  redis-schema fmt --check                in continuous integration
  redis-schema fmt --diff shop.redis.yaml look without writing
  redis-schema fmt - < shop.redis.yaml    to standard output, for editors";

/// Lay out schemas in one way; order, quotes and comments stay
///
/// Lines are moved, never rewritten: two spaces for each level, no blanks at the ends of lines, LF. A result that would
/// not read the same is not written.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::after_help(EXAMPLES))]
pub(crate) struct Args {
    /// Files or directories, or `-` for standard input to standard output [default: this directory]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Write nothing; name the files that would change and exit with 1
    #[arg(long)]
    check: bool,

    /// Write nothing; show what would change and exit with 1 if anything would
    #[arg(long)]
    diff: bool,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let found = discover::all(&args.paths)?;
    let mut exit = Exit::Clean;
    for trouble in &found.troubles {
        output.error(trouble);
        exit = Exit::Environment;
    }
    let mut changed = 0;
    for input in &found.inputs {
        match one(args, input, output) {
            Ok(outcome) => {
                changed += usize::from(outcome.changed);
                exit = exit.max(outcome.exit);
            }
            Err(failure @ Failure::Told { .. }) => exit = exit.max(output.failure(&failure)),
            Err(failure) => return Err(failure),
        }
    }
    conclude(args, changed, found.inputs.len(), output);
    Ok(exit)
}

struct Outcome {
    changed: bool,
    exit: Exit,
}

fn one(args: &Args, input: &Input, output: &mut Output) -> Result<Outcome, Failure> {
    let name = input.name();
    let bytes = load::bytes(input)?;
    output.detail(format_args!("read {name}"));
    let old = String::from_utf8(bytes).map_err(|_| {
        Failure::usage(format!("{name} is not UTF-8 text"))
            .help(format!("`redis-schema check {name}` shows the place"))
    })?;
    let new = match format(&old) {
        Ok(new) => new,
        Err(error) => return Ok(refused(&name, &old, &error, output)),
    };
    let changed = new != old;
    if args.diff {
        output.result(&diff::unified(&name, &name, &old, &new))?;
    } else if args.check {
        if changed {
            output.result(&format!("{name}\n"))?;
        }
    } else {
        put(input, &new, output)?;
    }
    let exit = if changed && (args.check || args.diff) {
        Exit::Findings
    } else {
        Exit::Clean
    };
    Ok(Outcome { changed, exit })
}

fn put(input: &Input, text: &str, output: &mut Output) -> Result<(), Failure> {
    match input {
        Input::Stdin => output.result(text),
        Input::File(path) => {
            if write::file(path, text)? == Written::Updated {
                output.detail(format_args!("formatted {}", input.name()));
            }
            Ok(())
        }
    }
}

/// A text that cannot be read is wrong; one that cannot be moved safely is only not in the one layout.
fn refused(name: &str, text: &str, error: &FormatError, output: &mut Output) -> Outcome {
    let exit = match error {
        FormatError::Invalid(findings) => {
            let mut sources = Sources::new();
            sources.add(name, text);
            let mut report = Report::default();
            report.add(findings.clone(), &sources);
            output.report(&report.render(Format::Human, output.coloured_messages()));
            Exit::Wrong
        }
        FormatError::Unsafe => {
            output.error(format_args!("{name}: {error}"));
            Exit::Findings
        }
    };
    Outcome {
        changed: false,
        exit,
    }
}

fn conclude(args: &Args, changed: usize, all: usize, output: &mut Output) {
    let files = |n: usize| format!("{n} file{}", if n == 1 { "" } else { "s" });
    if args.check || args.diff {
        if changed > 0 {
            output.error(format_args!("{} would change", files(changed)));
            output.help("run `redis-schema fmt` and commit the result");
        }
    } else {
        output.message(format_args!("{} of {} changed.", changed, files(all)));
    }
}
