//! Commands that the server may hold back: each gets a connection to itself, because on a shared one it
//! would stop everybody else.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use redis::Value;

use super::Store;
use super::pending::first;
use crate::client::failure::Failure;
use crate::client::link::Link;
use crate::client::node::Node;
use crate::client::request::{Cmds, Replies, Request, Shape};
use crate::client::retry::{Attempts, Verdict};
use crate::client::single::rest;
use crate::error::Result;
use crate::key::Spec;
use crate::payload::Payload;
use crate::reply::checked;
use crate::retry::RetryClass;

/// Idle connections beyond this number are closed.
const IDLE: usize = 8;
/// A wait without end, and no pause at all, as the server has it.
const FOR_EVER: Duration = Duration::ZERO;
/// As good as for ever, where a number is needed.
const YEARS: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

/// A connection that one caller has to itself.
#[derive(Debug)]
pub(crate) struct Dedicated {
    node: Arc<Node>,
    link: Link,
}

/// Connections between two uses.
#[derive(Debug, Default)]
pub(super) struct Idle(Mutex<Vec<Dedicated>>);

impl Idle {
    /// One to this server that is still open.
    fn take(&self, node: &Arc<Node>) -> Option<Dedicated> {
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|it| it.link.is_open());
        let at = idle.iter().position(|it| Arc::ptr_eq(&it.node, node))?;
        Some(idle.swap_remove(at))
    }

    fn keep(&self, dedicated: Dedicated) {
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(dedicated);
        }
    }

    /// How many there are to this server.
    pub(super) fn count(&self, node: &Arc<Node>) -> usize {
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|it| it.link.is_open());
        idle.iter().filter(|it| Arc::ptr_eq(&it.node, node)).count()
    }

    pub(super) fn close(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl Dedicated {
    /// The server it leads to.
    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// Sends a request and waits for its answer.
    pub(crate) async fn send(&self, request: &Request<'_>) -> Result<Replies, Failure> {
        self.link.send(request, None).await
    }
}

impl Store {
    /// Runs a command that the server may hold back for so long. A caller that stops waiting closes the
    /// connection, which ends the wait.
    pub(super) async fn block(
        &self,
        spec: &'static Spec,
        payload: Payload,
        class: RetryClass,
        wait: Duration,
    ) -> Result<Value> {
        let (cmds, after) = match payload {
            Payload::Wait { cmd, also, after } => {
                let cmds: Vec<_> = [Some(cmd), also].into_iter().flatten().collect();
                (cmds, after)
            }
            other => (other.into_cmds(), None),
        };
        let request = Request::new(spec, Cmds::Boxed(&cmds), Shape::Pipeline, class)
            .within(Some(self.patience(wait)));
        let (replies, dedicated) = self.hold(&request).await?;
        let value = first(replies.into_vec(), spec)?;
        if let (Some(after), true) = (after, value != Value::Nil) {
            let request = Request::one(spec, &after, RetryClass::Unsafe);
            let reply = dedicated.send(&request).await;
            let reply = reply.map_err(|failure| failure.into_error(spec.template, false))?;
            checked(reply.into_one(), spec)?;
        }
        self.0.idle.keep(dedicated);
        Ok(value)
    }

    /// Sends a request over a connection of its own, again if that is harmless.
    async fn hold(&self, request: &Request<'_>) -> Result<(Replies, Dedicated)> {
        let mut attempts = Attempts::new(request, None, None, self.0.tuning.backoff);
        loop {
            let mut held = None;
            let outcome = match self.dedicated(request).await {
                Err(failure) => Err(failure),
                Ok(dedicated) => {
                    let outcome = dedicated.send(request).await;
                    if let Ok(replies) = &outcome
                        && self.is_elsewhere(&dedicated.node, replies).await
                        && attempts.has_time()
                    {
                        rest(attempts.pause()).await;
                        continue;
                    }
                    held = Some(dedicated);
                    outcome
                }
            };
            match (attempts.after(outcome), held) {
                (Verdict::Done(Ok(replies)), Some(dedicated)) => return Ok((replies, dedicated)),
                (Verdict::Done(Err(error)), _) => return Err(error),
                (Verdict::Done(Ok(_)), None) => return Err(attempts.too_late()),
                (Verdict::Again { pause, .. }, _) => {
                    self.renew().await;
                    rest(pause).await;
                }
            }
        }
    }

    /// A connection to the server of a request that nobody else uses.
    pub(crate) async fn dedicated(&self, request: &Request<'_>) -> Result<Dedicated, Failure> {
        let node = self.0.topology.home(request).await?;
        if let Some(kept) = self.0.idle.take(&node) {
            return Ok(kept);
        }
        let link = node.open().await.map_err(Failure::NotSent)?;
        Ok(Dedicated { node, link })
    }

    /// How long to wait for the answer of a command that the server may hold back for `wait`.
    pub(crate) fn patience(&self, wait: Duration) -> Duration {
        match self.0.tuning.response_timeout {
            Some(margin) if wait != FOR_EVER => wait.saturating_add(margin),
            _ => YEARS,
        }
    }
}
