//! Where words go: results to standard output, messages to standard error.

use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

use crate::exit::{Exit, Failure};
use crate::secret::masked;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const RED: Style = AnsiColor::Red.on_default();
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(crate) const CYAN: Style = AnsiColor::Cyan.on_default();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// How a result is shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Shown {
    /// For people
    Human,
    /// One JSON object
    Json,
}

/// How much is said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Volume {
    /// Errors only.
    Quiet,
    /// What was done.
    Normal,
    /// Every step.
    Verbose,
}

/// Both streams of the process, with the colours that each may show.
pub(crate) struct Output {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    volume: Volume,
    /// What is said meanwhile, where something else is to be said first.
    held: Option<String>,
}

impl Output {
    pub(crate) fn new(color: ColorChoice, volume: Volume) -> Self {
        Self {
            out: AutoStream::new(io::stdout(), color),
            err: AutoStream::new(io::stderr(), color),
            volume,
            held: None,
        }
    }

    /// Another one for work beside this one's: what it says waits until [`Self::join`].
    pub(crate) fn beside(&self) -> Self {
        Self {
            out: AutoStream::new(io::stdout(), self.out.current_choice()),
            err: AutoStream::new(io::stderr(), self.err.current_choice()),
            volume: self.volume,
            held: Some(String::new()),
        }
    }

    /// Says what was said beside.
    pub(crate) fn join(&mut self, other: Self) {
        self.report(&other.held.unwrap_or_default());
    }

    /// How much is said.
    pub(crate) fn volume(&self) -> Volume {
        self.volume
    }

    /// Whether results may be coloured.
    pub(crate) fn coloured(&self) -> bool {
        self.out.current_choice() != ColorChoice::Never
    }

    /// Whether messages may be coloured.
    pub(crate) fn coloured_messages(&self) -> bool {
        self.err.current_choice() != ColorChoice::Never
    }

    /// What was asked for, exactly as given.
    pub(crate) fn result(&mut self, text: &str) -> Result<(), Failure> {
        let written = self
            .out
            .write_all(text.as_bytes())
            .and_then(|()| self.out.flush());
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ReaderGone,
            _ => Failure::environment(format!(
                "cannot write to standard output: {}",
                crate::exit::reason(&error)
            )),
        })
    }

    /// What was done; silent under `--quiet`.
    pub(crate) fn message(&mut self, text: impl Display) {
        if self.volume >= Volume::Normal {
            self.tell(format_args!("{text}"));
        }
    }

    /// A step on the way; only under `--verbose`.
    pub(crate) fn detail(&mut self, text: impl Display) {
        if self.volume == Volume::Verbose {
            self.tell(format_args!("{DIM}{text}{DIM:#}"));
        }
    }

    /// Text for standard error that is shown even under `--quiet`.
    pub(crate) fn report(&mut self, text: &str) {
        match &mut self.held {
            Some(held) => held.push_str(text),
            // Nobody is left to tell when standard error cannot be written.
            None => drop(self.err.write_all(text.as_bytes())),
        }
    }

    pub(crate) fn error(&mut self, text: impl Display) {
        self.tell(format_args!("{ERROR}error{ERROR:#}: {text}"));
    }

    pub(crate) fn help(&mut self, text: impl Display) {
        self.tell(format_args!("  {CYAN}help{CYAN:#}: {text}"));
    }

    /// Tells why a command stopped and gives the exit code for it.
    pub(crate) fn failure(&mut self, failure: &Failure) -> Exit {
        match failure {
            Failure::ReaderGone => Exit::Clean,
            Failure::Told {
                exit,
                message,
                help,
            } => {
                // It may be about an argument that was meant to be another one.
                self.error(masked(message));
                if let Some(help) = help {
                    self.help(masked(help));
                }
                *exit
            }
        }
    }

    fn tell(&mut self, text: std::fmt::Arguments<'_>) {
        self.report(&format!("{text}\n"));
    }
}
