//! What one command value sends: one command, a transaction, or nothing at all.

use redis::Value;

use crate::cmd::{Args, Cmd};

/// The commands of one operation. Every operation is atomic on the server by itself.
#[derive(Debug, Clone)]
pub(crate) enum Payload {
    /// One command.
    One(Cmd),
    /// Several commands inside `MULTI`/`EXEC`, unless a surrounding transaction has them already.
    Atomic {
        /// The commands.
        cmds: Vec<Cmd>,
        /// Which replies the decoder sees.
        reply: Reply,
    },
    /// A command that the server may hold back, which a transaction cannot contain.
    Wait {
        /// The command.
        cmd: Cmd,
        /// Goes out with it: runs as soon as it is done, even when this process is not there any more.
        also: Option<Cmd>,
        /// Runs when it has answered something.
        after: Option<Cmd>,
    },
    /// The answer is known without asking (an empty list of keys, say).
    Ready(Value),
}

/// Which replies of a transaction its decoder sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    /// That of the command at this place; the others only must not be errors.
    At(usize),
    /// All of them as one array.
    All,
    /// All of them as one array; each command could as well run by itself, which it does where servers
    /// share the keys among them.
    Each,
}

impl Payload {
    /// A transaction of which the first reply counts.
    pub(crate) fn atomic_first(cmds: Vec<Cmd>) -> Self {
        Self::atomic_at(0, cmds)
    }

    /// A transaction of which one reply counts.
    pub(crate) fn atomic_at(index: usize, cmds: Vec<Cmd>) -> Self {
        Self::Atomic {
            cmds,
            reply: Reply::At(index),
        }
    }

    /// A transaction of which every reply counts.
    pub(crate) fn atomic_all(cmds: Vec<Cmd>) -> Self {
        Self::Atomic {
            cmds,
            reply: Reply::All,
        }
    }

    /// A transaction only for the sake of the round trip: every reply counts.
    pub(crate) fn atomic_each(cmds: Vec<Cmd>) -> Self {
        Self::Atomic {
            cmds,
            reply: Reply::Each,
        }
    }

    /// The commands, to become part of a larger transaction.
    pub(crate) fn into_cmds(self) -> Vec<Cmd> {
        match self {
            Self::One(cmd) => vec![cmd],
            Self::Atomic { cmds, .. } => cmds,
            Self::Wait { cmd, also, after } => {
                [Some(cmd), also, after].into_iter().flatten().collect()
            }
            Self::Ready(_) => Vec::new(),
        }
    }
}

impl From<Args> for Payload {
    fn from(command: Args) -> Self {
        Self::One(command.into_cmd())
    }
}
