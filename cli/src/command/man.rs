//! `redis-schema man`: manual pages from the same definition as the help texts.

use std::path::PathBuf;

use clap_mangen::Man;

use crate::args;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::path::shown;
use crate::write;

const EXAMPLES: &str = "\
Examples:
  redis-schema man | man -l -                          read it here
  redis-schema man --out ~/.local/share/man/man1       install a page for each command";

/// Print the manual page, or write a page for each command
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Directory for the pages of all commands [default: print the main page]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let mut definition = args::definition();
    definition.build();
    let Some(directory) = &args.out else {
        output.result(&page(definition, "redis-schema")?)?;
        return Ok(Exit::Clean);
    };
    let pages = pages(definition)?;
    for (file, text) in &pages {
        let path = directory.join(file);
        write::file(&path, text)?;
        output.detail(format_args!("wrote {}", shown(&path)));
    }
    output.message(format_args!(
        "Wrote {} manual pages to {}.",
        pages.len(),
        shown(directory)
    ));
    Ok(Exit::Clean)
}

/// `redis-schema.1`, `redis-schema-check.1`, and so on for commands of commands.
fn pages(definition: clap::Command) -> Result<Vec<(String, String)>, Failure> {
    let mut pages = Vec::new();
    let mut open = vec![("redis-schema".to_owned(), definition)];
    while let Some((name, command)) = open.pop() {
        for inner in command.get_subcommands() {
            open.push((format!("{name}-{}", inner.get_name()), inner.clone()));
        }
        pages.push((format!("{name}.1"), page(command, &name)?));
    }
    pages.sort();
    Ok(pages)
}

fn page(command: clap::Command, name: &str) -> Result<String, Failure> {
    let mut page = Vec::new();
    // Once built, a command's display name says the whole of it: `redis-schema-check`.
    Man::new(command)
        .manual("redis-schema manual")
        .render(&mut page)
        .map_err(|error| {
            Failure::environment(format!("cannot write the page of {name}: {error}"))
        })?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
