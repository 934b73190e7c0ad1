//! `redis-schema completions`: command-line completion for a shell.

use clap_complete::Shell;

use crate::args;
use crate::exit::{Exit, Failure};
use crate::output::Output;

const EXAMPLES: &str = "\
Examples:
  source <(redis-schema completions bash)
  redis-schema completions zsh > \"${fpath[1]}/_redis-schema\"
  redis-schema completions fish > ~/.config/fish/completions/redis-schema.fish";

/// Print the script that completes this command in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shell to write for
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    let mut definition = args::definition();
    clap_complete::generate(args.shell, &mut definition, "redis-schema", &mut script);
    let script = String::from_utf8_lossy(&script);
    output.result(&mended(args.shell, &script))?;
    Ok(Exit::Clean)
}

/// Up to at least clap_complete 4.6.11 the bash script of a program with a hyphen in its name spells a command in
/// one way where it is set and in another where it is looked up, so that nothing after a command completes.
fn mended(shell: Shell, script: &str) -> String {
    match shell {
        Shell::Bash => script.replace("redis__subcmd__schema", "redis__schema"),
        _ => script.to_owned(),
    }
}
