//! One shared connection to one database, replaced when it breaks.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use redis::aio::{ConnectionLike, MultiplexedConnection};
use redis::{AsyncConnectionConfig, Client, Cmd, Pipeline, RedisFuture, RedisResult, Value};
use tokio::sync::Mutex;

/// How long a connection attempt may take.
pub(crate) const CONNECT: Duration = Duration::from_secs(5);
/// How long an answer may take.
pub(crate) const RESPONSE: Duration = Duration::from_secs(5);
/// Shortest and longest pause after a failed attempt; until it is over, callers fail at once.
const PAUSE: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));

/// A connection to one database that many callers share: their commands go out together, the replies come
/// back in order.
///
/// Cheap to clone. When it breaks, the commands under way fail and the next caller opens another one; a
/// command is never sent twice. Blocking commands do not belong on it: they stop everybody else.
#[derive(Clone)]
pub struct SharedConnection(Arc<Inner>);

struct Inner {
    client: Client,
    database: i64,
    current: RwLock<Current>,
    /// Held by the one caller that opens a new connection.
    repair: Mutex<Failures>,
}

/// The connection in use.
struct Current {
    /// Grows with every replacement, so that an old connection's failure does not discard a new one.
    generation: u64,
    connection: Option<MultiplexedConnection>,
}

/// Failed attempts in a row.
#[derive(Default)]
struct Failures {
    count: u32,
    until: Option<Instant>,
}

impl SharedConnection {
    /// Opens the connection.
    pub(crate) async fn open(client: Client, database: u16) -> RedisResult<Self> {
        let connection = connect(&client).await?;
        Ok(Self(Arc::new(Inner {
            client,
            database: i64::from(database),
            current: RwLock::new(Current {
                generation: 0,
                connection: Some(connection),
            }),
            repair: Mutex::default(),
        })))
    }

    /// Sends one command.
    ///
    /// # Errors
    /// The connection is broken or no answer came in time; the command may have run.
    pub async fn send(&self, cmd: &Cmd) -> RedisResult<Value> {
        let (generation, mut connection) = self.get().await?;
        let reply = connection.send_packed_command(cmd).await;
        self.watch(generation, reply)
    }

    /// Sends a pipeline and returns `count` replies after the first `offset`.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub(crate) async fn send_all(
        &self,
        pipeline: &Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisResult<Vec<Value>> {
        let (generation, mut connection) = self.get().await?;
        let replies = connection
            .send_packed_commands(pipeline, offset, count)
            .await;
        self.watch(generation, replies)
    }

    async fn get(&self) -> RedisResult<(u64, MultiplexedConnection)> {
        match self.current() {
            Some(current) => Ok(current),
            None => self.reopen().await,
        }
    }

    fn current(&self) -> Option<(u64, MultiplexedConnection)> {
        let current = self
            .0
            .current
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let connection = current.connection.as_ref()?;
        Some((current.generation, connection.clone()))
    }

    /// Opens another connection, or waits for the caller that is doing so.
    #[cold]
    async fn reopen(&self) -> RedisResult<(u64, MultiplexedConnection)> {
        let mut failures = self.0.repair.lock().await;
        if let Some(current) = self.current() {
            return Ok(current);
        }
        if failures.until.is_some_and(|until| Instant::now() < until) {
            return Err(std::io::Error::from(std::io::ErrorKind::NotConnected).into());
        }
        match connect(&self.0.client).await {
            Ok(connection) => {
                *failures = Failures::default();
                let mut current = self
                    .0
                    .current
                    .write()
                    .unwrap_or_else(PoisonError::into_inner);
                current.generation += 1;
                current.connection = Some(connection.clone());
                Ok((current.generation, connection))
            }
            Err(error) => {
                failures.fail();
                Err(error)
            }
        }
    }

    /// Discards the connection if the result says that it is broken.
    fn watch<T>(&self, generation: u64, result: RedisResult<T>) -> RedisResult<T> {
        if let Err(error) = &result
            && (error.is_unrecoverable_error() || error.is_connection_dropped())
        {
            let mut current = self
                .0
                .current
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            if current.generation == generation {
                current.connection = None;
            }
        }
        result
    }
}

impl Failures {
    /// Notes a failed attempt; the pause doubles each time and is drawn at random, so that many clients
    /// do not come back at the same moment.
    fn fail(&mut self) {
        let (shortest, longest) = PAUSE;
        let pause = shortest
            .saturating_mul(1 << self.count.min(10))
            .min(longest);
        self.count = self.count.saturating_add(1);
        self.until = Some(Instant::now() + pause.mul_f64(0.5 + fastrand::f64() / 2.0));
    }
}

async fn connect(client: &Client) -> RedisResult<MultiplexedConnection> {
    open_dedicated(client, Some(RESPONSE)).await
}

/// Opens a connection that waits this long for an answer; `None` means for ever.
pub(crate) async fn open_dedicated(
    client: &Client,
    response: Option<Duration>,
) -> RedisResult<MultiplexedConnection> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CONNECT))
        .set_response_timeout(response)
        // Measured: with hundreds of callers the default of 50 makes them wait for a place.
        .set_pipeline_buffer_size(1024);
    client
        .get_multiplexed_async_connection_with_config(&config)
        .await
}

impl ConnectionLike for SharedConnection {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        Box::pin(self.send(cmd))
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        cmd: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        Box::pin(self.send_all(cmd, offset, count))
    }

    fn get_db(&self) -> i64 {
        self.0.database
    }
}

impl std::fmt::Debug for SharedConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SharedConnection(database {})", self.0.database)
    }
}
