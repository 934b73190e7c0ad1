//! `redis-schema json-schema`: the language for editors.

use redis_schema_model::language;

use crate::exit::{Exit, Failure};
use crate::output::Output;

const EXAMPLES: &str = "\
Examples:
  redis-schema json-schema > redis-schema.v1.json

  # then, as the first line of a schema:
  # yaml-language-server: $schema=redis-schema.v1.json";

/// Print the JSON Schema by which editors complete and check schemas
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args, output: &mut Output) -> Result<Exit, Failure> {
    output.result(&language::json_schema())?;
    Ok(Exit::Clean)
}
