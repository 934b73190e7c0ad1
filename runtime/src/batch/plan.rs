//! What a batch sends.

#[cfg(any(feature = "metrics", feature = "tracing"))]
mod operations;
mod replies;

use redis::{Pipeline, Value};

use crate::client::cluster::keys::{self, Place};
use crate::client::request::{self, Cmds, Request};
use crate::cmd::Cmd;
use crate::command::{Built, exec_reply, transaction};
use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::payload::{Payload, Reply};
use crate::reply::{checked, unexpected};
use crate::retry::{Promise, RetryClass, Series};
use crate::settings::Settings;
use crate::unavailable::Instead;

pub(crate) use replies::Replies;

/// Whether the commands of a batch may interleave with those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// One round trip; other clients' commands may run in between.
    Pipeline,
    /// `MULTI`/`EXEC`: all or nothing is visible to others.
    Atomic,
}

/// What a batch sends.
#[derive(Debug)]
#[doc(hidden)]
pub struct Plan {
    mode: Mode,
    series: Series,
    cmds: Vec<Cmd>,
    parts: Vec<Part>,
    /// Facts of the first command that has a database, which the others must share.
    first: Option<(&'static Spec, u32)>,
    /// A schema of its commands is written for a cluster.
    clustered: bool,
}

#[derive(Debug)]
struct Part {
    spec: &'static Spec,
    instead: Instead,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    Ready(Value),
    One,
    Atomic(usize, Reply),
    /// So many commands without a transaction around them; every reply counts.
    Apart(usize),
}

impl Plan {
    pub(crate) fn new(mode: Mode) -> Self {
        Self {
            mode,
            series: Series::new(),
            cmds: Vec::new(),
            parts: Vec::new(),
            first: None,
            clustered: false,
        }
    }

    /// Makes room for so many more commands.
    pub(super) fn expect(&mut self, more: usize) {
        self.cmds.reserve(more);
        self.parts.reserve(more);
    }

    pub(super) fn push(&mut self, built: Built, answers: bool) -> Result<()> {
        self.admit(&built)?;
        self.series.then(built.promise, answers);
        self.clustered |= built.clustered;
        let shape = match built.payload {
            Payload::Ready(value) => Shape::Ready(value),
            Payload::One(cmd) => {
                self.cmds.push(cmd);
                Shape::One
            }
            // One by one, because a cluster would not run them as one where they lie apart.
            Payload::Atomic {
                cmds,
                reply: Reply::Each,
            } if built.clustered && self.mode == Mode::Pipeline => {
                let shape = Shape::Apart(cmds.len());
                self.cmds.extend(cmds);
                shape
            }
            Payload::Atomic { cmds, reply } => {
                let shape = Shape::Atomic(cmds.len(), reply);
                if self.mode == Mode::Pipeline {
                    self.cmds.push(Cmd::of(["MULTI"]));
                    self.cmds.extend(cmds);
                    self.cmds.push(Cmd::of(["EXEC"]));
                } else {
                    self.cmds.extend(cmds);
                }
                shape
            }
            Payload::Wait { .. } => return Err(blocking(built.spec)),
        };
        self.parts.push(Part {
            spec: built.spec,
            instead: built.instead,
            shape,
        });
        Ok(())
    }

    /// A batch runs on one connection: one database, one set of settings, nothing that blocks.
    fn admit(&mut self, built: &Built) -> Result<()> {
        if built.block.is_some() {
            return Err(blocking(built.spec));
        }
        let Some((first, settings)) = self.first else {
            self.first = Some((built.spec, built.settings));
            return Ok(());
        };
        if first.channel && !built.spec.channel {
            self.first = Some((built.spec, settings));
        } else if first.database != built.spec.database && !built.spec.channel {
            return Err(Error::new(
                ErrorKind::MixedDatabases,
                built.spec.template,
                format!(
                    "it lives in database {}, `{}` in database {}: run them as two batches",
                    built.spec.database, first.template, first.database
                ),
            ));
        }
        if settings != built.settings {
            return Err(crate::store::foreign_settings(built.spec));
        }
        Ok(())
    }

    /// Whether it may be sent again as a whole when a reply is lost.
    pub(crate) fn retry_class(&self) -> RetryClass {
        self.series.class()
    }

    /// Refuses a transaction over several slots, where the schema is written for a cluster.
    pub(super) fn expect_one_slot(&self) -> Result<()> {
        let Some(spec) = self.spec() else {
            return Ok(());
        };
        if !self.clustered || self.mode != Mode::Atomic {
            return Ok(());
        }
        let places = self.cmds.iter().map(keys::place);
        match places.fold(Place::Anywhere, Place::and) {
            Place::Several => {
                let refused = Error::new(ErrorKind::CrossSlot, spec.template, "");
                Err(self.explain(refused))
            }
            Place::Slot(_) | Place::Anywhere => Ok(()),
        }
    }

    /// Says of an error about several slots which keys it is about.
    pub(crate) fn explain(&self, error: Error) -> Error {
        if error.kind() != ErrorKind::CrossSlot {
            return error;
        }
        let mut templates: Vec<&str> = self.parts.iter().map(|part| part.spec.template).collect();
        templates.sort_unstable();
        templates.dedup();
        let detail = format!(
            "keys of `{}`; a cluster runs them together only if they share a hash tag (`slot:` in the schema)",
            templates.join("`, `")
        );
        Error::new(ErrorKind::CrossSlot, error.template(), detail)
    }

    pub(crate) fn settings(&self) -> Option<u32> {
        self.first.map(|(_, settings)| settings)
    }

    pub(crate) fn spec(&self) -> Option<&'static Spec> {
        self.first.map(|(spec, _)| spec)
    }

    /// Adds one command of the crate's own.
    pub(crate) fn command(
        &mut self,
        spec: &'static Spec,
        settings: &Settings,
        promise: Promise,
        cmd: Cmd,
    ) {
        self.series.then(promise, true);
        self.first.get_or_insert((spec, settings.id()));
        self.cmds.push(cmd);
    }

    /// The commands as a store sends them.
    pub(crate) fn request(&self, spec: &'static Spec) -> Request<'_> {
        let shape = match self.mode {
            Mode::Pipeline => request::Shape::Pipeline,
            Mode::Atomic => request::Shape::Transaction,
        };
        let class = self.series.class();
        let mut request = Request::new(spec, Cmds::List(&self.cmds), shape, class);
        // Commands of the crate's own belong to no part: nobody has allowed a replica to answer them.
        request.replica_ok = self.mode == Mode::Pipeline
            && class == RetryClass::Read
            && !self.parts.is_empty()
            && self.parts.iter().all(|part| part.spec.replica_ok);
        request
    }

    /// The commands as redis-rs sends them.
    pub(crate) fn pipeline(&self) -> Pipeline {
        match self.mode {
            Mode::Atomic => transaction(&self.cmds),
            Mode::Pipeline => Cmd::pipeline(&self.cmds),
        }
    }

    /// The commands as they go over the wire.
    pub(crate) fn packed(&self) -> Vec<u8> {
        Cmd::packed_all(&self.cmds, self.mode == Mode::Atomic)
    }

    /// How to find the replies among all: their offset and count.
    pub(crate) fn answers(&self) -> (usize, usize) {
        match self.mode {
            Mode::Atomic => (self.cmds.len() + 1, 1),
            Mode::Pipeline => (0, self.cmds.len()),
        }
    }

    /// Puts an answer in the place of every reply and tells which; `None` where one of the commands fails
    /// without the server.
    pub(crate) fn answer_instead(
        &mut self,
        error: &Error,
    ) -> Option<Vec<(&'static Spec, Instead)>> {
        let replies = self.parts.iter().map(|part| match &part.shape {
            Shape::Ready(value) => Some(value.clone()),
            Shape::One | Shape::Atomic(..) | Shape::Apart(_) => part.instead.reply(error),
        });
        let replies = replies.collect::<Option<Vec<Value>>>()?;
        let mut answered = Vec::with_capacity(replies.len());
        for (part, reply) in self.parts.iter_mut().zip(replies) {
            if !matches!(part.shape, Shape::Ready(_)) {
                answered.push((part.spec, part.instead));
            }
            part.shape = Shape::Ready(reply);
        }
        Some(answered)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cmds.is_empty()
    }

    /// Pairs the replies with the commands.
    pub(crate) fn replies(self, values: Vec<Value>) -> Result<Replies> {
        let values = match (self.mode, self.spec()) {
            (Mode::Atomic, Some(spec)) if !values.is_empty() => {
                match checked(exec_reply(values), spec)? {
                    Value::Array(values) => values,
                    _ => return Err(unexpected(spec)),
                }
            }
            _ => values,
        };
        Ok(Replies::new(self.mode, self.parts, values))
    }
}

#[cold]
fn blocking(spec: &'static Spec) -> Error {
    Error::new(
        ErrorKind::Encode,
        spec.template,
        "a blocking command cannot be part of a batch",
    )
}
