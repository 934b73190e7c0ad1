//! A line on the terminal that tells how far something is.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use crate::output::{Output, Volume};

/// The line; nothing where standard error is no terminal, or under `--quiet`. It goes when this does.
pub(crate) struct Progress {
    on: bool,
    /// Columns that the last line took.
    width: Cell<usize>,
}

impl Progress {
    pub(crate) fn new(output: &Output) -> Self {
        Self {
            on: output.volume() >= Volume::Normal && io::stderr().is_terminal(),
            width: Cell::new(0),
        }
    }

    /// Says this in place of what was said before.
    pub(crate) fn say(&self, text: &str) {
        if self.on {
            let width = self.width.replace(text.chars().count());
            // Nobody is left to tell when standard error cannot be written.
            let _ = write!(io::stderr(), "\r{text:<width$}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.width.get() > 0 {
            self.say("");
            let _ = write!(io::stderr(), "\r");
        }
    }
}
