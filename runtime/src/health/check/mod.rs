//! The checks, one file each: what is asked, and what is made of the answer.

mod about;
mod clients;
mod clock;
mod cluster;
mod memory;
mod persistence;
mod ping;
mod role;
mod write;

use std::pin::Pin;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisResult};

use super::info::Info;
use super::limits::Limits;
use super::report::{Check, State};
use crate::error::{Error, ErrorKind};

/// A server under examination.
pub(super) struct Server {
    pub(super) client: Client,
    pub(super) connection: MultiplexedConnection,
    pub(super) limits: Limits,
    /// The key that the write check writes.
    pub(super) key: Vec<u8>,
    /// It is part of a cluster.
    pub(super) cluster: bool,
}

impl Server {
    /// Another connection.
    async fn open(&self) -> RedisResult<MultiplexedConnection> {
        open(&self.client, self.limits.timeout).await
    }

    /// One section of what the server says about itself.
    async fn info(&self, section: &str) -> RedisResult<Info> {
        let mut connection = self.connection.clone();
        let mut info = redis::cmd("INFO");
        let text = info.arg(section).query_async(&mut connection).await?;
        Ok(Info::new(text))
    }
}

/// A connection that waits this long for anything.
pub(super) async fn open(client: &Client, limit: Duration) -> RedisResult<MultiplexedConnection> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(limit))
        .set_response_timeout(Some(limit));
    client
        .get_multiplexed_async_connection_with_config(&config)
        .await
}

/// Runs every check side by side, each with the whole time to itself.
pub(super) async fn all(server: &Server) -> Vec<Check> {
    use State::{Degraded, Down};
    let limit = server.limits.timeout;
    let mut checks: Vec<Checking<'_>> = Vec::new();
    let mut add = |name, worst, work| checks.push(Box::pin(timed(name, worst, limit, work)));
    add("ping", Down, boxed(ping::check(server)));
    if !server.limits.read_only {
        add("write", Down, boxed(write::check(server)));
    }
    add("server", Degraded, boxed(about::check(server)));
    add("role", Degraded, boxed(role::check(server)));
    add("memory", Degraded, boxed(memory::check(server)));
    add("persistence", Degraded, boxed(persistence::check(server)));
    if server.cluster {
        add("cluster", Degraded, boxed(cluster::check(server)));
    }
    add("clock", Degraded, boxed(clock::check(server)));
    checks.push(Box::pin(clients::check(server)));
    join_all(checks).await
}

type Checking<'a> = Pin<Box<dyn Future<Output = Check> + Send + 'a>>;
type Work<'a> = Pin<Box<dyn Future<Output = RedisResult<Check>> + Send + 'a>>;

fn boxed<'a>(work: impl Future<Output = RedisResult<Check>> + Send + 'a) -> Work<'a> {
    Box::pin(work)
}

/// A check that does not outlast its time; one that fails says so with a reason of this state.
async fn timed(name: &'static str, state: State, limit: Duration, work: Work<'_>) -> Check {
    let started = Instant::now();
    let mut check = match tokio::time::timeout(limit, work).await {
        Ok(Ok(check)) => check,
        Ok(Err(error)) => failed(name, state, error),
        Err(_) => {
            let mut check = Check::new(name);
            check.add(
                state,
                "timeout",
                format!("no answer within {}", shown(limit)),
            );
            check
        }
    };
    check.took = started.elapsed();
    check
}

/// A check that an error has ended.
pub(super) fn failed(name: &'static str, state: State, error: redis::RedisError) -> Check {
    let mut check = Check::new(name);
    let loading = error.code() == Some("LOADING");
    let error = Error::redis("", error);
    let (state, code) = match error.kind() {
        _ if loading => (State::Down, "loading"),
        ErrorKind::Timeout => (state, "timeout"),
        ErrorKind::Unavailable => (state, "unreachable"),
        ErrorKind::Denied => (state, "denied"),
        ErrorKind::ReadOnly => (state, "read_only"),
        ErrorKind::OutOfMemory => (state, "out_of_memory"),
        ErrorKind::Busy => (state, "busy"),
        _ => (state, "refused"),
    };
    check.add(state, code, error.to_string());
    check
}

/// `250 ms`, `2 s`
pub(super) fn shown(time: Duration) -> String {
    match time.as_millis() {
        millis if millis >= 1000 && millis % 1000 == 0 => format!("{} s", millis / 1000),
        0 => format!("{} µs", time.as_micros()),
        millis => format!("{millis} ms"),
    }
}
