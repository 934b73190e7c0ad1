//! A line on the terminal that tells how far something is.

use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};

use crate::output::{Output, Volume};

/// The line; nothing where standard error is no terminal, or under `--quiet`. It goes when this does.
pub(crate) struct Progress {
    terminal: Option<RefCell<Box<dyn Write>>>,
    /// Columns that the last line took.
    width: Cell<usize>,
}

impl Progress {
    pub(crate) fn new(output: &Output) -> Self {
        let is_wanted = output.volume() >= Volume::Normal && io::stderr().is_terminal();
        Self::on(is_wanted.then(|| Box::new(io::stderr()) as Box<dyn Write>))
    }

    pub(crate) fn on(terminal: Option<Box<dyn Write>>) -> Self {
        Self {
            terminal: terminal.map(RefCell::new),
            width: Cell::new(0),
        }
    }

    /// Says this in place of what was said before.
    pub(crate) fn say(&self, text: &str) {
        if let Some(terminal) = &self.terminal {
            let width = self.width.replace(text.chars().count());
            // Nobody is left to tell when standard error cannot be written.
            let _ = write!(terminal.borrow_mut(), "\r{text:<width$}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.width.get() > 0 {
            self.say("");
            self.say("");
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::RefCell;
    use std::io::{self, Write};
    use std::rc::Rc;

    use super::Progress;

    /// What a terminal was given.
    #[derive(Clone, Default)]
    pub(crate) struct Screen(Rc<RefCell<Vec<u8>>>);

    impl Screen {
        pub(crate) fn progress(&self) -> Progress {
            Progress::on(Some(Box::new(self.clone())))
        }

        pub(crate) fn text(&self) -> String {
            String::from_utf8_lossy(&self.0.borrow()).into_owned()
        }
    }

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_takes_the_place_of_the_one_before_and_goes_at_last() {
        let screen = Screen::default();
        let progress = screen.progress();
        progress.say("looked at 100");
        progress.say("done");
        assert_eq!(screen.text(), "\rlooked at 100\rdone         ");
        drop(progress);
        assert_eq!(screen.text(), "\rlooked at 100\rdone         \r    \r");
    }

    #[test]
    fn nothing_is_said_where_nothing_was_and_where_nobody_looks() {
        let screen = Screen::default();
        drop(screen.progress());
        assert_eq!(screen.text(), "");
        let progress = Progress::on(None);
        progress.say("looked at 100");
        assert_eq!(progress.width.get(), 0);
    }
}
