//! The commands, one file each: its arguments, its help and what it does.

mod check;
mod completions;
mod coverage;
mod diff;
mod docs;
mod explain;
mod fmt;
mod generate;
#[cfg(feature = "live")]
mod health;
mod init;
mod json_schema;
mod man;
mod reference;
mod release;
#[cfg(feature = "live")]
mod slowlog;

use clap::Subcommand;

use crate::exit::{Exit, Failure};
use crate::output::Output;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(init::Args),
    Check(check::Args),
    Fmt(fmt::Args),
    Generate(generate::Args),
    Docs(docs::Args),
    Diff(diff::Args),
    Release(release::Args),
    Explain(explain::Args),
    #[cfg(feature = "live")]
    Health(health::Args),
    #[cfg(feature = "live")]
    Slowlog(slowlog::Args),
    JsonSchema(json_schema::Args),
    Reference(reference::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs a command; its failure, if any, is still to be told.
pub(crate) fn run(command: Command, output: &mut Output) -> Result<Exit, Failure> {
    match command {
        Command::Init(args) => init::run(&args, output),
        Command::Check(args) => check::run(&args, output),
        Command::Fmt(args) => fmt::run(&args, output),
        Command::Generate(args) => generate::run(&args, output),
        Command::Docs(args) => docs::run(&args, output),
        Command::Diff(args) => diff::run(&args, output),
        Command::Release(args) => release::run(&args, output),
        Command::Explain(args) => explain::run(&args, output),
        #[cfg(feature = "live")]
        Command::Health(args) => health::run(&args, output),
        #[cfg(feature = "live")]
        Command::Slowlog(args) => slowlog::run(&args, output),
        Command::JsonSchema(args) => json_schema::run(&args, output),
        Command::Reference(args) => reference::run(&args, output),
        Command::Completions(args) => completions::run(&args, output),
        Command::Man(args) => man::run(&args, output),
    }
}
