//! How a run ends: its exit code, and the failures that stop a command early.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// The exit code, from best to worst; a run over several files ends with the worst of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing to do.
    Clean = 0,
    /// Something to mend that does not stop a schema from loading: stale output, a denied warning, low coverage.
    Findings = 1,
    /// The command was used wrongly, or a schema has errors.
    Wrong = 2,
    /// The surroundings failed: a file cannot be read or written.
    Environment = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The end of a help text: its examples, then what the exit code tells.
pub(crate) fn after_help(examples: &str) -> String {
    format!("{examples}\n\n{CODES}")
}

const CODES: &str = "Exit codes:
  0  clean
  1  findings: output out of date, a denied warning, too little coverage
  2  wrong usage, or a schema with errors
  3  the environment: a file cannot be read or written";

/// Why a command stopped before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Whoever reads the output has gone; nothing is left to say and nothing is wrong.
    ReaderGone,
    /// To be told to the user.
    Told {
        exit: Exit,
        message: String,
        help: Option<String>,
    },
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::told(Exit::Wrong, message.into())
    }

    pub(crate) fn environment(message: impl Into<String>) -> Self {
        Self::told(Exit::Environment, message.into())
    }

    /// `cannot read a.redis.yaml: permission denied`
    pub(crate) fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        let path = crate::path::shown(path);
        Self::environment(format!("cannot {action} {path}: {}", reason(error)))
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        match self {
            Self::ReaderGone => self,
            Self::Told { exit, message, .. } => Self::Told {
                exit,
                message,
                help: Some(help.into()),
            },
        }
    }

    fn told(exit: Exit, message: String) -> Self {
        Self::Told {
            exit,
            message,
            help: None,
        }
    }
}

/// The system's words without its error number.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => text,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReaderGone => f.write_str("the reader of the output is gone"),
            Self::Told { message, .. } => f.write_str(message),
        }
    }
}
