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
use redis::RedisResult;

use super::info::Info;
use super::limits::Limits;
use super::reach::Reach;
use super::report::{Check, State};
use crate::client::failure::{Cause, Failure};
use crate::error::{Error, ErrorKind};
use crate::store::SharedConnection;

/// A server under examination.
pub(super) struct Server {
    pub(super) reach: Reach,
    pub(super) connection: SharedConnection,
    pub(super) limits: Limits,
    /// The key that the write check writes.
    pub(super) key: Vec<u8>,
    /// It is part of a cluster.
    pub(super) cluster: bool,
}

impl Server {
    /// Another connection.
    async fn open(&self) -> RedisResult<SharedConnection> {
        let opened = self.reach.connect(self.limits.timeout).await;
        opened.map_err(|cause| Failure::NotSent(cause).into_redis())
    }

    /// One section of what the server says about itself.
    async fn info(&self, section: &str) -> RedisResult<Info> {
        let mut connection = self.connection.clone();
        let mut info = redis::cmd("INFO");
        let text = info.arg(section).query_async(&mut connection).await?;
        Ok(Info::new(text))
    }
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

/// The check of a server that was named as part of a cluster, and is in none.
pub(super) fn no_cluster() -> Check {
    let mut check = Check::new("cluster");
    check.down("cluster.none", "the server is not part of a cluster");
    check
}

/// A check that an error has ended.
fn failed(name: &'static str, state: State, error: redis::RedisError) -> Check {
    let loading = error.code() == Some("LOADING");
    ended(name, state, loading, &Error::redis("", error))
}

/// The check of a connection that could not be made.
pub(super) fn unconnected(cause: Cause) -> Check {
    let loading = matches!(&cause, Cause::Refused(error) if error.code() == Some("LOADING"));
    let late = matches!(
        cause,
        Cause::Timeout | Cause::Io(std::io::ErrorKind::TimedOut)
    );
    let mut check = ended("connect", State::Down, loading, &cause.into_error(""));
    if let Some(reason) = check.reasons.first_mut().filter(|_| late) {
        reason.code = "timeout";
    }
    check
}

fn ended(name: &'static str, state: State, loading: bool, error: &Error) -> Check {
    let mut check = Check::new(name);
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
