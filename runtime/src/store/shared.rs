//! A store's connection, for what this crate does not cover.

use std::sync::Arc;

use redis::aio::ConnectionLike;
use redis::{Cmd, Pipeline, RedisFuture, RedisResult, Value};
use tokio::time::Instant;

use crate::client::config::Tuning;
use crate::client::failure::Failure;
use crate::client::node::Node;
use crate::client::request::{ByHand, Cmds, Replies, Request, Shape};
use crate::key::Spec;
use crate::retry::RetryClass;

/// A connection to one database that many callers share: their commands go out together, the replies come
/// back in order.
///
/// Cheap to clone. When it breaks, the commands under way fail and the next caller opens another one. What
/// may have run is never sent again: nothing is known here about what a command does. Blocking commands do
/// not belong on it: they stop everybody else.
#[derive(Clone)]
pub struct SharedConnection {
    node: Arc<Node>,
    /// The schema's number of the database.
    database: u16,
    tuning: Arc<Tuning>,
}

/// Commands of the user's own belong to no key.
static NO_KEY: Spec = Spec::new(0, "", "", &[]);

impl SharedConnection {
    pub(crate) fn new(node: Arc<Node>, database: u16, tuning: Arc<Tuning>) -> Self {
        Self {
            node,
            database,
            tuning,
        }
    }

    /// Where its server is, as `host:port` or the path of a socket.
    #[must_use]
    pub fn server(&self) -> String {
        self.node.endpoint().address.describe()
    }

    /// Sends one command.
    ///
    /// # Errors
    /// The connection is broken or no answer came in time; the command may have run.
    pub async fn send(&self, cmd: &Cmd) -> RedisResult<Value> {
        let cmds = Cmds::ByHand(ByHand::One(cmd));
        let request = Request::new(&NO_KEY, cmds, Shape::Pipeline, RetryClass::Unsafe);
        match self.deliver(&request).await?.into_one() {
            Value::ServerError(error) => Err(error.into()),
            value => Ok(value),
        }
    }

    async fn send_all(&self, pipeline: &Pipeline, count: usize) -> RedisResult<Vec<Value>> {
        let shape = if pipeline.is_transaction() {
            Shape::Transaction
        } else {
            Shape::Pipeline
        };
        let cmds = Cmds::ByHand(ByHand::Pipeline(pipeline));
        let request = Request::new(&NO_KEY, cmds, shape, RetryClass::Unsafe);
        match self.deliver(&request).await? {
            Replies::One(Value::ServerError(error)) if shape == Shape::Transaction => {
                Err(error.into())
            }
            replies => {
                let mut values = replies.into_vec();
                values.truncate(count);
                Ok(values)
            }
        }
    }

    /// Sends a request until it has left or the time is over.
    async fn deliver(&self, request: &Request<'_>) -> RedisResult<Replies> {
        if let Some(link) = self.node.ready()
            && let Ok(call) = link.submit(request, None)
        {
            match call.await {
                Err(Failure::NotSent(_)) => {}
                outcome => return outcome.map_err(Failure::into_redis),
            }
        }
        let allowed = self.tuning.response_timeout;
        let deadline = allowed.and_then(|allowed| Instant::now().checked_add(allowed));
        loop {
            match self.node.send(request, deadline).await {
                Err(Failure::NotSent(cause))
                    if cause.may_pass()
                        && deadline.is_some_and(|deadline| Instant::now() < deadline) =>
                {
                    tokio::time::sleep(self.tuning.backoff.pause(0)).await;
                }
                outcome => return outcome.map_err(Failure::into_redis),
            }
        }
    }
}

impl ConnectionLike for SharedConnection {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        Box::pin(self.send(cmd))
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        cmd: &'a Pipeline,
        _offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        Box::pin(self.send_all(cmd, count))
    }

    fn get_db(&self) -> i64 {
        i64::from(self.database)
    }
}

impl std::fmt::Debug for SharedConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SharedConnection(database {})", self.database)
    }
}
