//! A store: connections to the databases of one schema, and the settings its keys are built under.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use redis::Value;
use redis::aio::MultiplexedConnection;

use crate::batch::{Batch, Mode, Plan};
use crate::cmd::pool;
use crate::command::Built;
use crate::error::{Error, ErrorKind, Result};
use crate::family::Family;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::link::{RESPONSE, SharedConnection, open_dedicated};
use crate::payload::Payload;
use crate::reply::Decode;
use crate::run::run_async;
use crate::settings::{Schema, Settings};

/// Connections to the databases of one schema. Cheap to clone; clones share the connections.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    /// One connection for each logical database that the schema uses, ordered by index.
    connections: Vec<(u16, SharedConnection)>,
    client: redis::Client,
    settings: Settings,
    /// Connections that blocking commands have to themselves, between two uses.
    idle: Mutex<Vec<(u16, MultiplexedConnection)>>,
}

/// Idle blocking connections beyond this number are closed.
const IDLE: usize = 8;

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let databases: Vec<u16> = self.0.connections.iter().map(|(index, _)| *index).collect();
        f.debug_struct("Store")
            .field("databases", &databases)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a connection to every database the schema uses, with the settings of the environment.
    ///
    /// # Errors
    /// The URL is malformed, the server cannot be reached, or an environment variable is unusable.
    pub async fn connect<S: Schema>(url: &str) -> Result<Self> {
        Self::connect_with::<S>(url, S::settings()?.clone()).await
    }

    /// As [`connect`](Self::connect), with settings made by hand.
    ///
    /// # Errors
    /// The URL is malformed or the server cannot be reached.
    pub async fn connect_with<S: Schema>(url: &str, settings: Settings) -> Result<Self> {
        let open = |error| Error::redis("", error);
        let client = crate::address::client(url)?;
        let keys = S::SPECS.iter().filter(|spec| !spec.channel);
        let mut databases: Vec<u16> = keys.map(|spec| spec.database).collect();
        databases.sort_unstable();
        databases.dedup();
        if databases.is_empty() {
            databases.push(0);
        }
        let mut connections = Vec::with_capacity(databases.len());
        for index in databases {
            let client = on_database(&client, index).map_err(open)?;
            let connection = SharedConnection::open(client, index).await.map_err(open)?;
            connections.push((index, connection));
        }
        Ok(Self(Arc::new(Inner {
            connections,
            client,
            settings,
            idle: Mutex::default(),
        })))
    }

    /// The settings its keys are built under.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The client, for what this crate does not cover.
    #[must_use]
    pub fn client(&self) -> &redis::Client {
        &self.0.client
    }

    /// The shared connection to one of the schema's databases, for what this crate does not cover.
    ///
    /// Blocking commands do not belong on it: they stop everybody else.
    #[must_use]
    pub fn raw_connection(&self, database: u16) -> Option<SharedConnection> {
        let (_, connection) = self
            .0
            .connections
            .iter()
            .find(|(index, _)| *index == database)?;
        Some(connection.clone())
    }

    /// Runs commands in one round trip; others' commands may run in between.
    ///
    /// # Errors
    /// The first command's error in order; every command has been sent all the same.
    pub async fn pipeline<B: Batch>(&self, batch: B) -> Result<B::Output> {
        self.together(batch, Mode::Pipeline).await
    }

    /// Runs commands inside one `MULTI`/`EXEC`: nothing of others runs in between.
    ///
    /// # Errors
    /// The first command's error in order. The server does not roll back: the others have run.
    pub async fn atomic<B: Batch>(&self, batch: B) -> Result<B::Output> {
        self.together(batch, Mode::Atomic).await
    }

    async fn together<B: Batch>(&self, batch: B, mode: Mode) -> Result<B::Output> {
        let mut plan = Plan::new(mode);
        let decoders = batch.collect(&mut plan)?;
        let values = self.send(&mut plan).await?;
        B::decode(decoders, &mut plan.replies(values)?)
    }

    pub(crate) async fn send(&self, plan: &mut Plan) -> Result<Vec<Value>> {
        let (Some(spec), Some(settings)) = (plan.spec(), plan.settings()) else {
            return Ok(Vec::new());
        };
        self.expect_settings(spec, settings)?;
        if plan.is_empty() {
            return Ok(Vec::new());
        }
        let (pipeline, offset, count) = plan.pipeline();
        self.connection(spec)?
            .send_all(&pipeline, offset, count)
            .await
            .map_err(|error| Error::redis(spec.template, error))
    }

    /// Sends one command of the crate's own.
    pub(crate) async fn send_one(
        &self,
        spec: &'static Spec,
        cmd: Box<redis::Cmd>,
    ) -> Result<Value> {
        let reply = self.connection(spec)?.send(&cmd).await;
        pool::give(cmd);
        reply.map_err(|error| Error::redis(spec.template, error))
    }

    /// A handle on a key found by walking or parsing.
    #[must_use]
    pub const fn handle<K: Key>(&self, key: K) -> Handle<K, &Self> {
        Handle::with(key, self)
    }

    /// All keys of kind `K`.
    #[must_use]
    pub const fn family<K: Key>(&self) -> Family<K, &Self> {
        Family::new(self)
    }

    pub(crate) fn run<R>(&self, built: Result<Built>, decode: Decode<R>) -> Pending<'_, R> {
        let (reply, spec) = match built {
            Ok(built) => {
                let spec = built.spec;
                (self.start(spec, built), Some(spec))
            }
            Err(error) => (done(Err(error)), None),
        };
        Pending {
            reply,
            spec,
            decode,
        }
    }

    /// Boxes only the steps that this kind of command needs: the box is made for every call, and that of a
    /// blocking command is several times larger.
    fn start(&self, spec: &'static Spec, built: Built) -> Reply<'_> {
        if let Err(error) = self.expect_settings(spec, built.settings) {
            return done(Err(error));
        }
        if let Some(wait) = built.block {
            return Box::pin(self.block(spec, built.payload, wait));
        }
        match built.payload {
            Payload::Ready(value) => done(Ok(value)),
            Payload::One(cmd) => Box::pin(self.send_one(spec, cmd)),
            payload => Box::pin(self.several(spec, payload)),
        }
    }

    async fn several(&self, spec: &'static Spec, payload: Payload) -> Result<Value> {
        run_async(payload, spec, &mut self.connection(spec)?.clone()).await
    }

    /// Runs a command that the server may hold back, on a connection of its own: on a shared one it would
    /// stop everybody else. A caller that stops waiting closes the connection, which ends the wait.
    async fn block(&self, spec: &'static Spec, payload: Payload, wait: Duration) -> Result<Value> {
        let fail = |error| Error::redis(spec.template, error);
        let mut connection = self.dedicated(spec.database, wait).await.map_err(fail)?;
        let reply = run_async(payload, spec, &mut connection).await?;
        if let Ok(mut idle) = self.0.idle.lock()
            && idle.len() < IDLE
        {
            idle.push((spec.database, connection));
        }
        Ok(reply)
    }

    /// A connection nobody else uses, that waits for an answer `wait` longer than others do (for ever if
    /// it is zero).
    pub(crate) async fn dedicated(
        &self,
        database: u16,
        wait: Duration,
    ) -> redis::RedisResult<MultiplexedConnection> {
        let timeout = (!wait.is_zero()).then(|| wait.saturating_add(RESPONSE));
        let kept = self.0.idle.lock().ok().and_then(|mut idle| {
            let at = idle.iter().position(|(index, _)| *index == database)?;
            Some(idle.swap_remove(at).1)
        });
        if let (Some(mut connection), Some(timeout)) = (kept, timeout) {
            // One that the server has closed meanwhile says so here, before anything is at stake.
            connection.set_response_timeout(timeout);
            if redis::cmd("PING").exec_async(&mut connection).await.is_ok() {
                return Ok(connection);
            }
        }
        open_dedicated(&on_database(&self.0.client, database)?, timeout).await
    }

    fn expect_settings(&self, spec: &'static Spec, settings: u32) -> Result<()> {
        if settings == self.0.settings.id() {
            Ok(())
        } else {
            Err(foreign_settings(spec))
        }
    }

    pub(crate) fn connection(&self, spec: &'static Spec) -> Result<&SharedConnection> {
        self.0
            .connections
            .iter()
            .find(|(index, _)| spec.channel || *index == spec.database)
            .map(|(_, connection)| connection)
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::WrongDatabase,
                    spec.template,
                    "the key belongs to another schema than the store",
                )
            })
    }
}

#[cold]
pub(crate) fn foreign_settings(spec: &'static Spec) -> Error {
    Error::new(
        ErrorKind::ForeignSettings,
        spec.template,
        "build it from the store that runs it",
    )
}

/// The client, bound to one of the server's databases.
fn on_database(client: &redis::Client, index: u16) -> redis::RedisResult<redis::Client> {
    let info = client.get_connection_info().clone();
    let settings = info.redis_settings().clone().set_db(i64::from(index));
    let tcp = info.tcp_settings().clone().set_nodelay(true);
    redis::Client::open(info.set_redis_settings(settings).set_tcp_settings(tcp))
}

/// A reply on its way.
type Reply<'s> = Pin<Box<dyn Future<Output = Result<Value>> + Send + 's>>;

fn done<'s>(reply: Result<Value>) -> Reply<'s> {
    Box::pin(std::future::ready(reply))
}

/// A command on its way.
#[must_use = "futures do nothing unless awaited"]
pub struct Pending<'s, R> {
    reply: Reply<'s>,
    spec: Option<&'static Spec>,
    decode: Decode<R>,
}

impl<R> Future for Pending<'_, R> {
    type Output = Result<R>;

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Result<R>> {
        let Poll::Ready(reply) = self.reply.as_mut().poll(context) else {
            return Poll::Pending;
        };
        Poll::Ready(match (reply, self.spec) {
            (Ok(value), Some(spec)) => (self.decode)(value, spec),
            (Ok(_), None) => Err(Error::corrupt("", "reply without a command")),
            (Err(error), _) => Err(error),
        })
    }
}

impl<R> std::fmt::Debug for Pending<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pending({})", self.spec.map_or("", |spec| spec.template))
    }
}
