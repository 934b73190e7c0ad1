//! Commands that the server may hold back: each gets a connection to itself, because on a shared one it
//! would stop everybody else.

use std::time::Duration;

use redis::Value;

use super::Store;
use super::own::Dedicated;
use super::pending::first;
use crate::client::request::{Cmds, Replies, Request, Shape};
use crate::client::retry::{Attempts, Verdict};
use crate::client::single::rest;
use crate::error::Result;
use crate::key::Spec;
use crate::payload::Payload;
use crate::reply::checked;
use crate::retry::RetryClass;

/// A wait without end, and no pause at all, as the server has it.
const FOR_EVER: Duration = Duration::ZERO;
/// As good as for ever, where a number is needed.
const YEARS: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

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
        self.0.own.keep(dedicated);
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
                        && self.is_elsewhere(dedicated.node(), replies).await
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

    /// How long to wait for the answer of a command that the server may hold back for `wait`.
    pub(crate) fn patience(&self, wait: Duration) -> Duration {
        match self.0.tuning.response_timeout {
            Some(margin) if wait != FOR_EVER => wait.saturating_add(margin),
            _ => YEARS,
        }
    }
}
