//! What may be done with an operation when it is unknown whether it has run.

use std::fmt;

use crate::handle::operands::Operand;
use crate::lifetime::Lifetime;

/// What a lost reply allows: a connection that breaks after a command was sent leaves open whether the
/// command has run.
///
/// Every command carries its class from its making; see [`Command::retry_class`](crate::Command::retry_class).
/// Classes are ordered from harmless to harmful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RetryClass {
    /// It changes nothing. Sent again.
    Read,
    /// Running twice leaves what running once leaves, and the second answer is as true as the first. Sent
    /// again.
    ///
    /// The last writer wins: what somebody else wrote between the two runs is written over.
    Idempotent,
    /// The server recognises the second run by a token of the operation and answers as it did the first
    /// time. Sent again.
    Tokened,
    /// Running twice would do something else than running once, or its second answer would not be true of
    /// the first run. Never sent again: the caller learns that it may have run.
    Unsafe,
}

impl RetryClass {
    /// Whether the command may be sent again when its reply is lost.
    #[must_use]
    pub const fn may_repeat(self) -> bool {
        !matches!(self, Self::Unsafe)
    }

    /// The class in one word, as the documentation has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Tokened => "tokened",
            Self::Unsafe => "unsafe",
        }
    }
}

impl fmt::Display for RetryClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a method knows of being run twice, said where its command is built. With the key's lifetime it makes
/// the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Promise {
    /// It changes nothing.
    Read,
    /// It reads, and starts the lifetime anew where the schema says so.
    MayRenew,
    /// It reads and starts the lifetime anew.
    Renews,
    /// It leaves the same state, and its answer is true both times.
    Idempotent,
    /// It names a token by which the server knows it again, and answers as it did the first time.
    Tokened,
    /// It leaves the same state, but its answer tells of the second run alone: that nothing was there to
    /// delete, say.
    Repeatable,
    /// It replaces the key by what it makes of others: the same again, unless the key is one of them.
    Replaces,
    /// Anything else.
    Unsafe,
}

impl Promise {
    /// What remains of it under the key's lifetime.
    #[inline]
    pub(crate) const fn under(self, lifetime: &Lifetime) -> Self {
        match self {
            Self::MayRenew if lifetime.refreshes_on_read() => Self::Renews,
            Self::MayRenew => Self::Read,
            // Which other keys there are is not known here.
            Self::Replaces => Self::Unsafe,
            other => other,
        }
    }

    /// What remains of it under the key's lifetime and with other keys.
    pub(crate) fn with(self, lifetime: &Lifetime, key: &[u8], others: &[Operand]) -> Self {
        let renews = |other: &Operand| other.lifetime.refreshes_on_read();
        let itself = |other: &Operand| other.key == key;
        match self {
            Self::MayRenew if others.iter().any(renews) => Self::Renews,
            Self::Replaces if !others.iter().any(itself) => Self::Idempotent,
            other => other.under(lifetime),
        }
    }

    /// What it is when nobody sees the answer.
    pub(crate) const fn unanswered(self) -> Self {
        match self {
            Self::Repeatable => Self::Idempotent,
            other => other,
        }
    }

    /// What callers are told.
    pub(crate) const fn class(self) -> RetryClass {
        match self {
            Self::Read => RetryClass::Read,
            Self::MayRenew | Self::Renews | Self::Idempotent => RetryClass::Idempotent,
            Self::Tokened => RetryClass::Tokened,
            Self::Repeatable | Self::Replaces | Self::Unsafe => RetryClass::Unsafe,
        }
    }
}

/// The class of several commands that are sent together and again together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Series {
    class: RetryClass,
    /// Whether an answer so far tells of the state before what follows.
    told: bool,
}

impl Series {
    pub(crate) const fn new() -> Self {
        Self {
            class: RetryClass::Read,
            told: false,
        }
    }

    /// Adds the next command. What was read before a write would be read again after it.
    pub(crate) fn then(&mut self, promise: Promise, answers: bool) {
        let promise = if answers {
            promise
        } else {
            promise.unanswered()
        };
        let class = match promise {
            Promise::Idempotent | Promise::Tokened if self.told => RetryClass::Unsafe,
            other => other.class(),
        };
        self.class = self.class.max(class);
        self.told |= answers;
    }

    pub(crate) const fn class(self) -> RetryClass {
        self.class
    }
}
