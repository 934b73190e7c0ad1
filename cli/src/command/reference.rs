//! `redis-schema reference`: the language for people.

use redis_schema_model::language;

use crate::exit::{Exit, Failure};
use crate::output::Output;

const EXAMPLES: &str = "\
Examples:
  redis-schema reference | less
  redis-schema reference > language.md";

/// Print the language reference in Markdown: every field of a schema, what it takes and an example
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args, output: &mut Output) -> Result<Exit, Failure> {
    output.result(&language::reference())?;
    Ok(Exit::Clean)
}
