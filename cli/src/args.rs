//! The command line: global options and the list of commands.

use std::ffi::OsString;
use std::io::Write as _;

use anstream::ColorChoice;
use clap::{CommandFactory, FromArgMatches, Parser};

use crate::command::Command;
use crate::exit::{self, Exit};
use crate::output::Volume;
use crate::secret::masked;

/// One YAML file describes a Redis keyspace; typed Rust accessors and reference pages follow from it.
#[derive(Debug, Parser)]
#[command(
    name = "redis-schema",
    bin_name = "redis-schema",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = exit::after_help(EXAMPLES)
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colours; `auto` looks at the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Global options"
    )]
    color: When,

    /// Say nothing but results and errors
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        help_heading = "Global options"
    )]
    quiet: bool,

    /// Say what is read and written
    #[arg(short, long, global = true, help_heading = "Global options")]
    verbose: bool,
}

const EXAMPLES: &str = "\
Start here:
  redis-schema init                                a first schema, with comments
  redis-schema check                               every mistake, with its place
  redis-schema generate --out src/redis_keys.rs    typed accessors
  redis-schema docs                                reference pages in Markdown";

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

impl From<When> for ColorChoice {
    fn from(when: When) -> Self {
        match when {
            When::Auto => Self::Auto,
            When::Always => Self::Always,
            When::Never => Self::Never,
        }
    }
}

/// What the arguments ask for.
pub(crate) struct Run {
    pub(crate) command: Command,
    pub(crate) color: ColorChoice,
    pub(crate) volume: Volume,
}

/// Reads the arguments; shows help, version or what is wrong with them and gives the exit code instead.
pub(crate) fn read() -> Result<Run, Exit> {
    let args: Vec<OsString> = std::env::args_os().collect();
    let mut definition = definition().color(help_colour(&args));
    let cli = definition
        .try_get_matches_from_mut(args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    match cli {
        Ok(cli) => Ok(cli.into()),
        Err(error) => {
            let plain = error.render().to_string();
            let shown = masked(&plain);
            // A closed pipe leaves nobody to tell.
            let _ = if shown == plain {
                error.print()
            } else {
                std::io::stderr().write_all(shown.as_bytes())
            };
            Err(if error.use_stderr() {
                Exit::Wrong
            } else {
                Exit::Clean
            })
        }
    }
}

/// The whole command line as data, from which help, completions and man pages come.
pub(crate) fn definition() -> clap::Command {
    Cli::command()
}

/// Help is shown before the arguments are understood, so `--color` is looked up by itself.
fn help_colour(args: &[OsString]) -> clap::ColorChoice {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let value = texts.iter().enumerate().find_map(|(i, arg)| match *arg {
        "--color" => texts.get(i + 1).copied(),
        arg => arg.strip_prefix("--color="),
    });
    match value {
        Some("always") => clap::ColorChoice::Always,
        Some("never") => clap::ColorChoice::Never,
        _ => clap::ColorChoice::Auto,
    }
}

impl From<Cli> for Run {
    fn from(cli: Cli) -> Self {
        let volume = match (cli.quiet, cli.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        };
        Self {
            command: cli.command,
            color: cli.color.into(),
            volume,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        definition().debug_assert();
    }

    #[test]
    fn every_command_and_option_is_explained() {
        let mut open = vec![definition()];
        while let Some(command) = open.pop() {
            let name = command.get_name().to_owned();
            assert!(command.get_about().is_some(), "{name} has no description");
            for arg in command.get_arguments() {
                assert!(
                    arg.get_help().is_some(),
                    "{name}: {} has no help",
                    arg.get_id()
                );
                assert!(!arg.is_hide_set(), "{name}: {} is hidden", arg.get_id());
            }
            open.extend(command.get_subcommands().cloned());
        }
    }
}
