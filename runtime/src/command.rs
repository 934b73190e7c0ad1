//! Commands as values: built once, run alone, together or atomically, on any connection.

use std::future::IntoFuture;
use std::time::Duration;

use redis::{Pipeline, Value};

use crate::cmd::{Cmd, Wait};
use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::payload::{Payload, Reply};
use crate::reply::{Decode, checked, unexpected};
use crate::retry::{Promise, RetryClass};
use crate::run::{run, run_async};
use crate::slot::{AtStore, InSlot, SlotFamily};
use crate::store::{Pending, Store};
use crate::unavailable::Instead;

/// An operation on one key, ready to run. Its result is an `R`.
///
/// Nothing is sent until it is run: by `.await` when it comes from a store, by [`query`](Self::query)
/// or [`query_async`](Self::query_async) on a redis-rs connection, or as part of a
/// [`pipeline`](crate::pipeline) or [`atomic`](crate::atomic) batch. A mistake made when building it (a
/// parameter outside its alphabet, a value that cannot be encoded) is reported when it is run.
#[must_use = "a command does nothing until it is run: by `.await` if it comes from a store, else by `.query(&mut connection)`"]
pub struct Command<R, X = ()> {
    pub(crate) built: Result<Built>,
    pub(crate) decode: Decode<R>,
    pub(crate) context: X,
}

/// The part of a command that does not depend on its result type.
#[derive(Debug, Clone)]
pub(crate) struct Built {
    pub(crate) payload: Payload,
    pub(crate) spec: &'static Spec,
    /// Number of the settings it was built under.
    pub(crate) settings: u32,
    /// What is known of running it twice.
    pub(crate) promise: Promise,
    /// What it is answered without the server.
    pub(crate) instead: Instead,
    /// Its schema is written for a cluster.
    pub(crate) clustered: bool,
    /// How long the server may wait before it answers; zero means for ever.
    pub(crate) block: Option<Duration>,
}

impl Built {
    /// The same without its answer.
    pub(crate) fn unanswered(mut self) -> Self {
        self.promise = self.promise.unanswered();
        self
    }
}

impl<R, X> Command<R, X> {
    /// Says what it is answered without the server.
    #[inline]
    pub(crate) fn instead(mut self, instead: Instead) -> Self {
        if let Ok(built) = &mut self.built {
            built.instead = instead;
        }
        self
    }

    /// The same, run by this store.
    #[inline]
    pub(crate) fn on(self, store: &Store) -> Command<R, &Store> {
        Command {
            built: self.built,
            decode: self.decode,
            context: store,
        }
    }

    /// Marks a command that the server may hold back.
    pub(crate) fn blocking(mut self, wait: Wait) -> Self {
        if let Ok(built) = &mut self.built {
            built.block = Some(wait.0);
        }
        self
    }

    /// Whether the command may be sent again when its reply is lost. One that could not be built is never
    /// sent at all and counts as a read.
    #[must_use]
    pub fn retry_class(&self) -> RetryClass {
        self.built
            .as_ref()
            .map_or(RetryClass::Read, |built| built.promise.class())
    }

    /// The bytes that go over the wire, for tests and measurements: several commands one after the other
    /// where the operation is a transaction.
    ///
    /// # Errors
    /// The mistake made when building it.
    pub fn packed(self) -> Result<Vec<u8>> {
        Ok(match self.built?.payload {
            Payload::Ready(_) => Vec::new(),
            Payload::One(cmd) => cmd.packed(),
            Payload::Atomic { cmds, .. } => Cmd::packed_all(&cmds, true),
            wait @ Payload::Wait { .. } => Cmd::packed_all(&wait.into_cmds(), false),
        })
    }

    /// Runs the command on a synchronous connection and waits for the result.
    ///
    /// # Errors
    /// As [`ErrorKind`] lists; [`WrongDatabase`](ErrorKind::WrongDatabase) when the connection is bound to
    /// another logical database than the key's.
    pub fn query(self, connection: &mut (impl redis::ConnectionLike + ?Sized)) -> Result<R> {
        let built = self.built?;
        let spec = built.spec;
        expect_database(spec, connection.get_db())?;
        let class = built.promise.class();
        let value = run(built.payload, spec, connection).map_err(|error| error.of_class(class))?;
        (self.decode)(value, spec)
    }

    /// Runs the command on an asynchronous connection.
    ///
    /// # Errors
    /// As [`query`](Self::query).
    pub async fn query_async(
        self,
        connection: &mut (impl redis::aio::ConnectionLike + ?Sized),
    ) -> Result<R> {
        let built = self.built?;
        let spec = built.spec;
        expect_database(spec, connection.get_db())?;
        let class = built.promise.class();
        let value = run_async(built.payload, spec, connection)
            .await
            .map_err(|error| error.of_class(class))?;
        (self.decode)(value, spec)
    }
}

/// Refuses a connection that is bound to another database than the key's.
pub(crate) fn expect_database(spec: &'static Spec, bound: i64) -> Result<()> {
    if spec.channel || bound == i64::from(spec.database) {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::WrongDatabase,
        spec.template,
        format!(
            "the key lives in database {}, the connection is bound to {bound}",
            spec.database
        ),
    ))
}

/// The commands inside `MULTI`/`EXEC`.
pub(crate) fn transaction(cmds: &[Cmd]) -> Pipeline {
    let mut pipeline = Cmd::pipeline(cmds);
    pipeline.atomic();
    pipeline
}

/// The reply of `EXEC`: the one reply that is asked for.
pub(crate) fn exec_reply(mut replies: Vec<Value>) -> Value {
    match replies.len() {
        1 => replies.pop().unwrap_or(Value::Nil),
        _ => Value::Array(replies),
    }
}

/// What the decoder of a transaction sees.
pub(crate) fn pick(exec: Value, reply: Reply, spec: &'static Spec) -> Result<Value> {
    let Value::Array(replies) = checked(exec, spec)? else {
        return Err(unexpected(spec));
    };
    let Reply::At(index) = reply else {
        return Ok(Value::Array(replies));
    };
    let mut picked = None;
    for (at, value) in replies.into_iter().enumerate() {
        let value = checked(value, spec)?;
        if at == index {
            picked = Some(value);
        }
    }
    picked.ok_or_else(|| unexpected(spec))
}

impl<R, X: std::fmt::Debug> std::fmt::Debug for Command<R, X> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Arguments are left out: they may be secret.
        match &self.built {
            Ok(built) => write!(f, "Command({})", built.spec.template),
            Err(error) => write!(f, "Command({error})"),
        }
    }
}

impl<'s, R, X: AtStore<'s>> Command<R, X> {
    /// The same, with nothing but its store.
    pub(crate) fn at_store(self) -> Command<R, &'s Store> {
        let store = self.context.store();
        self.on(store)
    }
}

// Not for any context that holds a store: the compiler names these types to whoever awaits a command without one.
impl<'s, R> IntoFuture for Command<R, &'s Store> {
    type Output = Result<R>;
    type IntoFuture = Pending<'s, R>;

    fn into_future(self) -> Pending<'s, R> {
        self.context.run(self.built, self.decode)
    }
}

impl<'s, R, F: SlotFamily> IntoFuture for Command<R, InSlot<F, &'s Store>> {
    type Output = Result<R>;
    type IntoFuture = Pending<'s, R>;

    fn into_future(self) -> Pending<'s, R> {
        self.at_store().into_future()
    }
}
