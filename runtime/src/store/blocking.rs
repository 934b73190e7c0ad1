//! Commands that the server may hold back: each gets a connection to itself, because on a shared one it
//! would stop everybody else.

use std::time::Duration;

use redis::Value;
use tokio::time::Instant;

use super::Store;
use super::own::Dedicated;
use crate::client::failure::Failure;
use crate::client::request::{Cmds, Replies, Request, Shape};
use crate::client::retry::{Attempts, Verdict};
use crate::client::single::rest;
use crate::client::{Name, Whereabouts, refuses};
use crate::cmd::{Cmd, Wait, shorter};
use crate::error::Result;
use crate::key::Spec;
use crate::payload::Payload;
use crate::reply::{checked, unexpected};
use crate::retry::RetryClass;

/// A wait without end, and no pause at all, as the server has it.
const FOR_EVER: Duration = Duration::ZERO;
/// How long a reader waits on the server at once where answers may take as long as they like.
const UNBOUNDED: Duration = Duration::from_secs(5);
/// As good as for ever, where a number is needed.
const YEARS: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

/// A command that the server may hold back, and what goes out with it.
struct Held {
    spec: &'static Spec,
    /// The first may be held back.
    cmds: Vec<Cmd>,
    class: RetryClass,
    wait: Duration,
    since: Instant,
}

impl Held {
    /// Makes the wait what is left of it: another server is not to begin it anew.
    fn shorten(&mut self) {
        if self.wait == FOR_EVER {
            return;
        }
        let left = Wait::of(self.wait.saturating_sub(self.since.elapsed()));
        if let Some(cmd) = self.cmds.first_mut() {
            *cmd = shorter(cmd, left);
        }
    }

    fn request(&self, timeout: Duration) -> Request<'_> {
        let cmds = Cmds::List(&self.cmds);
        Request::new(self.spec, cmds, Shape::Pipeline, self.class).within(Some(timeout))
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
        let mut held = Held {
            spec,
            cmds,
            class,
            wait,
            since: Instant::now(),
        };
        let (replies, dedicated) = self.hold(&mut held).await?;
        self.0.own.keep(dedicated);
        let mut replies = replies.into_vec().into_iter();
        let value = replies.next().ok_or_else(|| unexpected(spec))?;
        let value = checked(value, spec)?;
        for (also, reply) in held.cmds.iter().skip(1).zip(replies) {
            // The key may have gone to another server in between.
            if refuses(&reply) {
                self.follow_up(spec, also, class).await?;
            } else {
                checked(reply, spec)?;
            }
        }
        if let (Some(after), true) = (after, value != Value::Nil) {
            self.follow_up(spec, &after, class).await?;
        }
        Ok(value)
    }

    /// Sees to a lifetime behind a command that has run, which no error may deny.
    async fn follow_up(&self, spec: &'static Spec, cmd: &Cmd, class: RetryClass) -> Result<()> {
        let request = Request::one(spec, cmd, RetryClass::Idempotent);
        let replies = self.0.topology.execute(&request).await;
        let reply = replies.and_then(|replies| checked(replies.into_one(), spec));
        reply.map(drop).map_err(|error| error.partly_run(class))
    }

    /// Sends a command over a connection of its own, to where its key is, again if that is harmless.
    async fn hold(&self, held: &mut Held) -> Result<(Replies, Dedicated)> {
        let allowed = self.patience(held.wait);
        let mut attempts = {
            let request = held.request(allowed);
            Attempts::new(&request, Some(held.since), None, self.0.tuning.backoff)
        };
        let mut there = None;
        loop {
            let left = allowed.saturating_sub(held.since.elapsed());
            let attempt = self.attempt(held.request(left), there.take(), attempts.deadline);
            let (outcome, dedicated) = attempt.await;
            match self.whereabouts_of(&outcome, dedicated.as_ref()).await {
                Whereabouts::There(name) if attempts.has_time() => there = Some(name),
                Whereabouts::Elsewhere if attempts.has_time() => rest(attempts.pause()).await,
                _ => match (attempts.after(outcome), dedicated) {
                    (Verdict::Done(Ok(replies)), Some(dedicated)) => {
                        return Ok((replies, dedicated));
                    }
                    (Verdict::Done(Err(error)), _) => return Err(error),
                    (Verdict::Done(Ok(_)), None) => return Err(attempts.too_late()),
                    (Verdict::Again { pause, .. }, _) => {
                        self.renew().await;
                        rest(pause).await;
                    }
                },
            }
            held.shorten();
        }
    }

    /// One attempt, with the server of the command's key, or with the one that another has named.
    async fn attempt(
        &self,
        request: Request<'_>,
        there: Option<Name>,
        deadline: Option<Instant>,
    ) -> (Result<Replies, Failure>, Option<Dedicated>) {
        let connection = match there {
            None => self.dedicated(&request, deadline).await,
            Some(name) => self.dedicated_at(&name, deadline).await,
        };
        match connection {
            Err(failure) => (Err(failure), None),
            Ok(dedicated) => (dedicated.send(&request).await, Some(dedicated)),
        }
    }

    /// Where the command is to be sent next. What else went out with it has no say: the command must not run
    /// twice because of that.
    async fn whereabouts_of(
        &self,
        outcome: &Result<Replies, Failure>,
        dedicated: Option<&Dedicated>,
    ) -> Whereabouts {
        match (outcome, dedicated) {
            (Ok(replies), Some(dedicated)) => {
                let first = replies.as_slice().first();
                self.whereabouts(dedicated.node(), first).await
            }
            _ => Whereabouts::Here,
        }
    }

    /// How long a reader that goes on for ever waits on the server before it asks again, unless it is told: half
    /// the time allowed for an answer, which leaves the other half for the answer itself.
    pub(crate) fn usual_wait(&self) -> Duration {
        /// Where little is allowed: a reader without anything to read should not be busy.
        const SHORTEST: Duration = Duration::from_millis(10);
        let allowed = self.0.tuning.response_timeout;
        allowed.map_or(UNBOUNDED, |allowed| (allowed / 2).max(SHORTEST))
    }

    /// How long a reader waits for the answer of a command that the server may hold back for `wait`. A server that
    /// says nothing for as long as any answer may take is no longer there, even if it was to wait for half of it.
    pub(crate) fn patience_of_reader(&self, wait: Duration) -> Duration {
        match self.0.tuning.response_timeout {
            Some(allowed) if wait != FOR_EVER && wait <= allowed / 2 => allowed,
            _ => self.patience(wait),
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
