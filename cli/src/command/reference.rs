//! `redis-schema reference`: the language for people.

use redis_schema_model::language;
use redis_schema_rules::lint;

use crate::exit::{Exit, Failure};
use crate::output::Output;

const EXAMPLES: &str = "\
Examples:
  redis-schema reference | less
  redis-schema reference > language.md
  redis-schema reference --lints | less";

/// Print the language reference in Markdown: every field of a schema, what it takes and an example
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Print the lint rules instead: each with its page, their settings, and conditions of one's own
    #[arg(long)]
    lints: bool,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let page = if args.lints {
        lint::reference()
    } else {
        language::reference()
    };
    output.result(&page)?;
    Ok(Exit::Clean)
}
