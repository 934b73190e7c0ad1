//! The `redis-schema` command: reads arguments, calls the libraries, shows what they found.
//!
//! No rule of the language lives here. Each command is a file of [`command`].

mod args;
mod artefact;
mod changes;
mod clock;
mod command;
mod diff;
mod discover;
mod exit;
mod hash;
mod lint;
#[cfg(feature = "live")]
mod live;
mod load;
mod migrations;
mod note;
mod output;
mod pages;
mod path;
#[cfg(feature = "live")]
mod progress;
mod report;
mod secret;
mod templates;
mod versions;
mod wrap;
mod write;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Schemas, tokens and pages are made of many small pieces on several threads, a fifth of whose cost is memory.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let run = match args::read() {
        Ok(run) => run,
        Err(exit) => return exit.into(),
    };
    let mut output = output::Output::new(run.color, run.volume);
    let exit =
        command::run(run.command, &mut output).unwrap_or_else(|failure| output.failure(&failure));
    exit.into()
}
