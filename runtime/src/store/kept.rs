//! What an operation sends, kept until its answer is there: it may have to be sent again.

use redis::Value;

use crate::client::request::{Cmds, Replies, Request, Shape};
use crate::cmd::Cmd;
use crate::command::pick;
use crate::error::Result;
use crate::key::Spec;
use crate::observe::Called;
use crate::payload::{Payload, Reply};
use crate::retry::RetryClass;

/// What an operation sends.
pub(super) enum Kept {
    One(Cmd),
    Several {
        cmds: Vec<Cmd>,
        shape: Shape,
        reply: Reply,
    },
}

impl Kept {
    /// The commands of an operation that is not known without asking.
    #[inline]
    pub(super) fn new(payload: Payload) -> Self {
        match payload {
            Payload::One(cmd) => Self::One(cmd),
            Payload::Atomic { cmds, reply } => Self::Several {
                cmds,
                shape: Shape::Transaction,
                reply,
            },
            other => Self::Several {
                cmds: other.into_cmds(),
                shape: Shape::Pipeline,
                reply: Reply::At(0),
            },
        }
    }

    #[inline]
    pub(super) fn request(&self, spec: &'static Spec, class: RetryClass) -> Request<'_> {
        match self {
            Self::One(cmd) => Request::one(spec, cmd, class),
            Self::Several { cmds, shape, reply } => {
                let mut request = Request::new(spec, Cmds::List(cmds), *shape, class);
                request.divisible = *shape == Shape::Transaction && *reply == Reply::Each;
                request
            }
        }
    }

    /// What it is called.
    #[inline]
    pub(super) fn called(&self) -> Called<'_> {
        match self {
            Self::One(cmd) => Called::Command(cmd),
            Self::Several { cmds, reply, .. } => Called::of(cmds, *reply),
        }
    }

    /// What the decoder sees of the replies.
    #[inline]
    pub(super) fn answer(self, replies: Replies, spec: &'static Spec) -> Result<Value> {
        match self {
            Self::One(_) => Ok(replies.into_one()),
            Self::Several { shape, reply, .. } => {
                let replies = match shape {
                    Shape::Transaction => replies.into_one(),
                    Shape::Pipeline => Value::Array(replies.into_vec()),
                };
                pick(replies, reply, spec)
            }
        }
    }
}
