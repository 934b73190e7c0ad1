//! Writing commands: a sized argument list that never goes through a formatter.

use std::borrow::Cow;
use std::time::Duration;

use super::Cmd;

/// A command under construction.
#[derive(Debug)]
pub(crate) struct Args(Cmd);

impl Args {
    /// A command without a key.
    #[inline]
    pub(crate) fn new(name: &str, more_args: usize, more_bytes: usize) -> Self {
        let mut cmd = Cmd::with_room(1 + more_args, name.len() + more_bytes);
        cmd.arg(name.as_bytes());
        Self(cmd)
    }

    /// `name key`, with room for `more_args` short arguments.
    #[inline]
    pub(crate) fn on(name: &str, key: &[u8], more_args: usize) -> Self {
        Self::sized(name, key, more_args, more_args * 12)
    }

    /// `name key`, with room for `more_args` arguments of `more_bytes` in all.
    #[inline]
    pub(crate) fn sized(name: &str, key: &[u8], more_args: usize, more_bytes: usize) -> Self {
        Self::new(name, 1 + more_args, key.len() + more_bytes).arg(key)
    }

    /// Appends an argument.
    #[inline]
    pub(crate) fn arg(mut self, bytes: &[u8]) -> Self {
        self.0.arg(bytes);
        self
    }

    /// Appends an argument if there is one.
    #[inline]
    pub(crate) fn arg_if(self, condition: bool, bytes: &[u8]) -> Self {
        if condition { self.arg(bytes) } else { self }
    }

    /// Appends a signed decimal.
    #[inline]
    pub(crate) fn int(self, number: i64) -> Self {
        self.arg(itoa::Buffer::new().format(number).as_bytes())
    }

    /// Appends an unsigned decimal.
    #[inline]
    pub(crate) fn uint(self, number: u64) -> Self {
        self.arg(itoa::Buffer::new().format(number).as_bytes())
    }

    /// Appends a floating-point number in the server's text form.
    pub(crate) fn float(self, number: f64) -> Self {
        self.arg(float_text(number).as_bytes())
    }

    /// Appends how long a blocking command may wait, in seconds.
    pub(crate) fn wait(self, wait: Wait) -> Self {
        self.float(wait.0.as_secs_f64())
    }

    /// The command so far, for what writes arguments by itself.
    pub(crate) fn cmd_mut(&mut self) -> &mut Cmd {
        &mut self.0
    }

    /// The finished command.
    #[inline]
    pub(crate) fn into_cmd(self) -> Cmd {
        self.0
    }
}

impl From<Cmd> for Args {
    fn from(begun: Cmd) -> Self {
        Self(begun)
    }
}

/// A floating-point number in the server's text form.
pub(crate) fn float_text(number: f64) -> Cow<'static, str> {
    if number == f64::INFINITY {
        Cow::Borrowed("+inf")
    } else if number == f64::NEG_INFINITY {
        Cow::Borrowed("-inf")
    } else {
        Cow::Owned(number.to_string())
    }
}

/// How long a blocking command waits; zero means for ever, as the server has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait(pub(crate) Duration);

impl Wait {
    /// What the user asks for: `Duration::MAX` waits for ever, and no wait is shorter than the server's
    /// unit, which would turn it into an endless one.
    pub(crate) fn of(timeout: Duration) -> Self {
        const UNIT: Duration = Duration::from_millis(1);
        /// About 30 years: beyond it servers refuse the number.
        const LONGEST: Duration = Duration::from_secs(1_000_000_000);
        if timeout > LONGEST {
            Self(Duration::ZERO)
        } else {
            Self(timeout.max(UNIT))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_endless_wait_is_zero() {
        assert_eq!(Wait::of(Duration::ZERO).0, Duration::from_millis(1));
        assert_eq!(
            Wait::of(Duration::from_micros(3)).0,
            Duration::from_millis(1)
        );
        assert_eq!(Wait::of(Duration::from_secs(2)).0, Duration::from_secs(2));
        assert_eq!(Wait::of(Duration::MAX).0, Duration::ZERO);
    }
}
