//! Several commands in one round trip, side by side or atomically, each with its own typed result.

use redis::{Cmd, Pipeline, Value};

use crate::command::{Built, Command, exec_reply, expect_database, pick};
use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::payload::{Payload, Reply};
use crate::reply::{checked, unexpected};
use crate::settings::Settings;

/// Commands that run together: a tuple of up to twelve, an array or a vector, nested as you like.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a command",
    label = "expected a command, or a tuple, array or vector of them",
    note = "accessors make commands: `keys::job(id).get()`, or `store.job(id).get()` without `.await`"
)]
pub trait Batch {
    /// The results in the same shape.
    type Output;

    #[doc(hidden)]
    type Decoders;

    /// Hands over the built commands in order and keeps what reads their replies.
    #[doc(hidden)]
    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders>;

    /// Reads the replies in the same order.
    #[doc(hidden)]
    fn decode(decoders: Self::Decoders, replies: &mut Replies) -> Result<Self::Output>;
}

impl<R, X> Batch for Command<R, X> {
    type Output = R;
    type Decoders = crate::reply::Decode<R>;

    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
        plan.push(self.built?)?;
        Ok(self.decode)
    }

    fn decode(decode: Self::Decoders, replies: &mut Replies) -> Result<R> {
        let (value, spec) = replies.next()?;
        decode(value, spec)
    }
}

/// A command of a batch whose failure does not fail the batch: see [`Command::attempt`].
#[must_use = "a command does nothing until it is run"]
#[derive(Debug)]
pub struct Attempt<R, X>(Command<R, X>);

impl<R, X> Command<R, X> {
    /// The command with its own result inside a batch, so that one bad value does not hide the others'.
    pub const fn attempt(self) -> Attempt<R, X> {
        Attempt(self)
    }
}

impl<R, X> Batch for Attempt<R, X> {
    type Output = Result<R>;
    type Decoders = Result<crate::reply::Decode<R>>;

    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
        match self.0.built {
            Ok(built) => {
                plan.push(built)?;
                Ok(Ok(self.0.decode))
            }
            Err(error) => Ok(Err(error)),
        }
    }

    fn decode(decode: Self::Decoders, replies: &mut Replies) -> Result<Self::Output> {
        let decode = match decode {
            Ok(decode) => decode,
            Err(error) => return Ok(Err(error)),
        };
        Ok(replies.next().and_then(|(value, spec)| decode(value, spec)))
    }
}

impl<B: Batch> Batch for Vec<B> {
    type Output = Vec<B::Output>;
    type Decoders = Vec<B::Decoders>;

    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
        self.into_iter().map(|item| item.collect(plan)).collect()
    }

    fn decode(decoders: Self::Decoders, replies: &mut Replies) -> Result<Self::Output> {
        decoders
            .into_iter()
            .map(|decoder| B::decode(decoder, replies))
            .collect()
    }
}

impl<B: Batch, const N: usize> Batch for [B; N] {
    type Output = Vec<B::Output>;
    type Decoders = Vec<B::Decoders>;

    fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
        self.into_iter().map(|item| item.collect(plan)).collect()
    }

    fn decode(decoders: Self::Decoders, replies: &mut Replies) -> Result<Self::Output> {
        <Vec<B> as Batch>::decode(decoders, replies)
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),+))*) => {$(
        impl<$($name: Batch),+> Batch for ($($name,)+) {
            type Output = ($($name::Output,)+);
            type Decoders = ($($name::Decoders,)+);

            fn collect(self, plan: &mut Plan) -> Result<Self::Decoders> {
                Ok(($(self.$index.collect(plan)?,)+))
            }

            fn decode(decoders: Self::Decoders, replies: &mut Replies) -> Result<Self::Output> {
                Ok(($($name::decode(decoders.$index, replies)?,)+))
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11)
}

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
    cmds: Vec<Cmd>,
    parts: Vec<Part>,
    /// Facts of the first command that has a database, which the others must share.
    first: Option<(&'static Spec, u32)>,
}

#[derive(Debug)]
struct Part {
    spec: &'static Spec,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    Ready(Value),
    One,
    Atomic(usize, Reply),
}

impl Plan {
    pub(crate) fn new(mode: Mode) -> Self {
        Self {
            mode,
            cmds: Vec::new(),
            parts: Vec::new(),
            first: None,
        }
    }

    fn push(&mut self, built: Built) -> Result<()> {
        self.admit(&built)?;
        let shape = match built.payload {
            Payload::Ready(value) => Shape::Ready(value),
            Payload::One(cmd) => {
                self.cmds.push(*cmd);
                Shape::One
            }
            Payload::Atomic { cmds, reply } => {
                let shape = Shape::Atomic(cmds.len(), reply);
                if self.mode == Mode::Pipeline {
                    self.cmds.push(redis::cmd("MULTI"));
                    self.cmds.extend(cmds.into_iter().map(|cmd| *cmd));
                    self.cmds.push(redis::cmd("EXEC"));
                } else {
                    self.cmds.extend(cmds.into_iter().map(|cmd| *cmd));
                }
                shape
            }
            Payload::Wait { .. } => return Err(blocking(built.spec)),
        };
        self.parts.push(Part {
            spec: built.spec,
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

    pub(crate) fn settings(&self) -> Option<u32> {
        self.first.map(|(_, settings)| settings)
    }

    pub(crate) fn spec(&self) -> Option<&'static Spec> {
        self.first.map(|(spec, _)| spec)
    }

    /// Adds one command of the crate's own.
    #[allow(clippy::boxed_local)] // it comes in the pool's box
    pub(crate) fn command(&mut self, spec: &'static Spec, settings: &Settings, cmd: Box<Cmd>) {
        self.first.get_or_insert((spec, settings.id()));
        self.cmds.push(*cmd);
    }

    /// The commands as redis-rs sends them, and how to find the replies: offset and count.
    pub(crate) fn pipeline(&mut self) -> (Pipeline, usize, usize) {
        let cmds = std::mem::take(&mut self.cmds);
        let count = cmds.len();
        let mut pipeline = Pipeline::with_capacity(count);
        for cmd in cmds {
            pipeline.add_command(cmd);
        }
        if self.mode == Mode::Atomic {
            pipeline.atomic();
            (pipeline, count + 1, 1)
        } else {
            (pipeline, 0, count)
        }
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
        Ok(Replies {
            mode: self.mode,
            parts: self.parts.into_iter(),
            values: values.into_iter(),
        })
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

/// The replies of a batch in order.
#[derive(Debug)]
#[doc(hidden)]
pub struct Replies {
    mode: Mode,
    parts: std::vec::IntoIter<Part>,
    values: std::vec::IntoIter<Value>,
}

impl Replies {
    fn next(&mut self) -> Result<(Value, &'static Spec)> {
        let Some(Part { spec, shape }) = self.parts.next() else {
            return Err(Error::corrupt("", "more results than commands"));
        };
        let value = match shape {
            Shape::Ready(value) => value,
            Shape::One => self.value(spec)?,
            Shape::Atomic(count, reply) if self.mode == Mode::Atomic => {
                let values = (0..count)
                    .map(|_| self.value(spec))
                    .collect::<Result<Vec<_>>>()?;
                pick(Value::Array(values), reply, spec)?
            }
            Shape::Atomic(count, reply) => {
                // `MULTI` and each queued command answer first; an error there explains that of `EXEC`.
                let queued = (0..=count)
                    .map(|_| self.value(spec))
                    .collect::<Result<Vec<_>>>()?;
                let exec = self.value(spec)?;
                for value in queued {
                    checked(value, spec)?;
                }
                pick(exec, reply, spec)?
            }
        };
        Ok((value, spec))
    }

    fn value(&mut self, spec: &'static Spec) -> Result<Value> {
        self.values.next().ok_or_else(|| unexpected(spec))
    }
}

/// Several commands for a redis-rs connection: see [`pipeline`] and [`atomic`].
#[must_use = "a batch does nothing until it is run"]
#[derive(Debug)]
pub struct Together<B> {
    batch: B,
    mode: Mode,
}

/// Commands that go out in one round trip; others' commands may run in between.
///
/// ```no_run
/// # fn example<A: redis_schema::Batch>(commands: A, connection: &mut redis::Connection) -> redis_schema::Result<()> {
/// let results = redis_schema::pipeline(commands).query(connection)?;
/// # Ok(()) }
/// ```
pub const fn pipeline<B: Batch>(batch: B) -> Together<B> {
    Together {
        batch,
        mode: Mode::Pipeline,
    }
}

/// Commands inside one `MULTI`/`EXEC`: nothing of others runs in between.
///
/// The server does not roll back: a command that fails at run time (a key of the wrong type) is reported,
/// the others have run.
pub const fn atomic<B: Batch>(batch: B) -> Together<B> {
    Together {
        batch,
        mode: Mode::Atomic,
    }
}

impl<B: Batch> Together<B> {
    /// Runs the batch on a synchronous connection.
    ///
    /// # Errors
    /// The first command's error in order; every command has been sent all the same.
    pub fn query(
        self,
        connection: &mut (impl redis::ConnectionLike + ?Sized),
    ) -> Result<B::Output> {
        let mut plan = Plan::new(self.mode);
        let decoders = self.batch.collect(&mut plan)?;
        let Some(spec) = plan.spec() else {
            return B::decode(decoders, &mut plan.replies(Vec::new())?);
        };
        expect_database(spec, connection.get_db())?;
        let values = if plan.is_empty() {
            Vec::new()
        } else {
            let (pipeline, offset, count) = plan.pipeline();
            connection
                .req_packed_commands(&pipeline.get_packed_pipeline(), offset, count)
                .map_err(|error| Error::redis(spec.template, error))?
        };
        B::decode(decoders, &mut plan.replies(values)?)
    }

    /// Runs the batch on an asynchronous connection.
    ///
    /// # Errors
    /// As [`query`](Self::query).
    pub async fn query_async(
        self,
        connection: &mut (impl redis::aio::ConnectionLike + ?Sized),
    ) -> Result<B::Output> {
        let mut plan = Plan::new(self.mode);
        let decoders = self.batch.collect(&mut plan)?;
        let Some(spec) = plan.spec() else {
            return B::decode(decoders, &mut plan.replies(Vec::new())?);
        };
        expect_database(spec, connection.get_db())?;
        let values = if plan.is_empty() {
            Vec::new()
        } else {
            let (pipeline, offset, count) = plan.pipeline();
            connection
                .req_packed_commands(&pipeline, offset, count)
                .await
                .map_err(|error| Error::redis(spec.template, error))?
        };
        B::decode(decoders, &mut plan.replies(values)?)
    }
}
