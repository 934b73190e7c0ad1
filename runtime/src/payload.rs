//! What one command value sends: one command, a transaction, or nothing at all.

// Boxes, because they come from a pool and commands are moved around more than they are made.
#![allow(clippy::vec_box)]

use redis::{Cmd, Value};

use crate::cmd::Args;

/// The commands of one operation. Every operation is atomic on the server by itself.
#[derive(Debug, Clone)]
pub(crate) enum Payload {
    /// One command.
    One(Box<Cmd>),
    /// Several commands inside `MULTI`/`EXEC`, unless a surrounding transaction has them already.
    Atomic {
        /// The commands.
        cmds: Vec<Box<Cmd>>,
        /// Which replies the decoder sees.
        reply: Reply,
    },
    /// The answer is known without asking (an empty list of keys, say).
    Ready(Value),
}

/// Which replies of a transaction its decoder sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    /// That of the first command; the others only must not be errors.
    First,
    /// All of them as one array.
    All,
}

impl Payload {
    /// A transaction of which the first reply counts.
    pub(crate) fn atomic_first(cmds: Vec<Box<Cmd>>) -> Self {
        Self::Atomic {
            cmds,
            reply: Reply::First,
        }
    }

    /// A transaction of which every reply counts.
    pub(crate) fn atomic_all(cmds: Vec<Box<Cmd>>) -> Self {
        Self::Atomic {
            cmds,
            reply: Reply::All,
        }
    }

    /// The commands, to become part of a larger transaction.
    pub(crate) fn into_cmds(self) -> Vec<Box<Cmd>> {
        match self {
            Self::One(cmd) => vec![cmd],
            Self::Atomic { cmds, .. } => cmds,
            Self::Ready(_) => Vec::new(),
        }
    }
}

impl From<Args> for Payload {
    fn from(command: Args) -> Self {
        Self::One(command.into_cmd())
    }
}
