//! What goes to a server at once, and what comes back.

use std::time::Duration;

use redis::Value;
use tokio::time::Instant;

use super::failure::Failure;
use crate::cmd::{Cmd, MULTI_EXEC};
use crate::key::Spec;
use crate::retry::RetryClass;

/// Commands that are sent together and whose replies are handed out together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    /// The key it is about; of several, the first.
    pub(crate) spec: &'static Spec,
    pub(crate) cmds: Cmds<'a>,
    pub(crate) shape: Shape,
    /// What a lost answer allows: that of the most delicate command.
    pub(crate) class: RetryClass,
    /// All the time it may take, repetitions included; `None` as the store is configured.
    pub(crate) timeout: Option<Duration>,
    /// A replica may answer.
    pub(crate) replica_ok: bool,
    /// A transaction whose commands could as well run one by one.
    pub(crate) divisible: bool,
}

/// The commands of a request, however they are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cmds<'a> {
    One(&'a Cmd),
    List(&'a [Cmd]),
    /// Picked from other requests.
    Refs(&'a [&'a Cmd]),
    /// Made by hand. Such a request goes to a server of its sender's choosing: nothing is known of its keys.
    ByHand(ByHand<'a>),
}

/// What was made by hand, with redis-rs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ByHand<'a> {
    One(&'a redis::Cmd),
    Pipeline(&'a redis::Pipeline),
}

/// How the commands of a request belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Side by side, each with its own reply.
    Pipeline,
    /// Inside `MULTI` and `EXEC`. The only reply is that of `EXEC`.
    Transaction,
}

/// Which replies on the wire belong to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expect {
    /// Replies that are only looked at for an error, which then is the answer.
    pub(crate) skip: u32,
    /// Replies that are handed out.
    pub(crate) take: u32,
}

/// What became of the first attempt at a request.
#[derive(Debug)]
pub(crate) struct First {
    pub(crate) outcome: Result<Replies, Failure>,
    /// When it was sent, if it was.
    pub(crate) sent: Option<Instant>,
}

impl First {
    pub(crate) fn split(
        first: Option<Self>,
    ) -> (Option<Result<Replies, Failure>>, Option<Instant>) {
        match first {
            None => (None, None),
            Some(Self { outcome, sent }) => (Some(outcome), sent),
        }
    }
}

/// The replies to a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Replies {
    One(Value),
    Many(Vec<Value>),
}

impl<'a> Request<'a> {
    /// One command.
    pub(crate) fn one(spec: &'static Spec, cmd: &'a Cmd, class: RetryClass) -> Self {
        let mut request = Self::new(spec, Cmds::One(cmd), Shape::Pipeline, class);
        request.replica_ok = spec.replica_ok && matches!(class, RetryClass::Read);
        request
    }

    /// Several commands.
    pub(crate) fn new(
        spec: &'static Spec,
        cmds: Cmds<'a>,
        shape: Shape,
        class: RetryClass,
    ) -> Self {
        Self {
            spec,
            cmds,
            shape,
            class,
            timeout: None,
            replica_ok: false,
            divisible: false,
        }
    }

    /// With its own time allowed.
    pub(crate) fn within(mut self, timeout: Option<Duration>) -> Self {
        self.timeout = timeout;
        self
    }

    /// Appends the bytes that go over the wire.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let (multi, exec) = MULTI_EXEC;
        if self.shape == Shape::Transaction {
            out.extend_from_slice(multi);
        }
        match self.cmds {
            Cmds::ByHand(ByHand::One(cmd)) => cmd.write_packed_command(out),
            Cmds::ByHand(ByHand::Pipeline(cmds)) => {
                cmds.cmd_iter()
                    .for_each(|cmd| cmd.write_packed_command(out));
            }
            cmds => cmds.each(|cmd| cmd.write(out)),
        }
        if self.shape == Shape::Transaction {
            out.extend_from_slice(exec);
        }
    }

    /// The replies that belong to it.
    pub(crate) fn expect(&self) -> Expect {
        let commands = u32::try_from(self.cmds.len()).unwrap_or(u32::MAX - 1);
        match self.shape {
            Shape::Pipeline => Expect {
                skip: 0,
                take: commands,
            },
            Shape::Transaction => Expect {
                skip: commands + 1,
                take: 1,
            },
        }
    }
}

impl<'a> Cmds<'a> {
    /// Each of them; none of what was made by hand.
    pub(crate) fn all(&self) -> Vec<&'a Cmd> {
        match *self {
            Self::One(cmd) => vec![cmd],
            Self::List(cmds) => cmds.iter().collect(),
            Self::Refs(cmds) => cmds.to_vec(),
            Self::ByHand(_) => Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::List(cmds) => cmds.len(),
            Self::Refs(cmds) => cmds.len(),
            Self::ByHand(ByHand::One(_)) => 1,
            Self::ByHand(ByHand::Pipeline(cmds)) => cmds.len(),
        }
    }

    /// Looks at each of them; at none of what was made by hand.
    #[inline]
    pub(crate) fn each(&self, mut visit: impl FnMut(&Cmd)) {
        match self {
            Self::One(cmd) => visit(cmd),
            Self::List(cmds) => cmds.iter().for_each(visit),
            Self::Refs(cmds) => cmds.iter().for_each(|cmd| visit(cmd)),
            Self::ByHand(_) => {}
        }
    }
}

impl Replies {
    /// The only reply.
    pub(crate) fn into_one(self) -> Value {
        match self {
            Self::One(value) => value,
            Self::Many(mut values) => match values.len() {
                1 => values.pop().unwrap_or_default(),
                _ => Value::Array(values),
            },
        }
    }

    /// All of them.
    pub(crate) fn into_vec(self) -> Vec<Value> {
        match self {
            Self::One(value) => vec![value],
            Self::Many(values) => values,
        }
    }

    /// To look at.
    pub(crate) fn as_slice(&self) -> &[Value] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}
