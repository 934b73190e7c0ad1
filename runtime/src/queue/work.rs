//! A worker for as long as the program runs.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

use super::keep::passes;
use super::{Priority, Queued, Task};
use crate::codec::Codec;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::Key;
use crate::pause::Pause;
use crate::slot::AtStore;
use crate::structure::Queue;

/// So long a look for tasks takes at most, and so who stops it.
const LOOK: Duration = Duration::from_secs(1);

/// What a worker says of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is done.
    Done,
    /// It could not be done, for this reason: it is tried again, or is dead when no attempt is left.
    Retry(String),
    /// It can never be done, for this reason.
    Bury(String),
}

/// What happens next.
enum Event<T> {
    Stop,
    Claimed(Result<Vec<T>>),
    Settled(Result<()>),
}

impl<K, C, P, X> Handle<K, X, Queue<C, P>>
where
    K: Queued + Key<Structure = Queue<C, P>>,
    C: Codec,
    P: Priority,
    X: Context,
{
    /// Claims tasks and works on up to `at_once` of them at a time, until `stop` completes; then it claims no more, and returns when what it
    /// has is done. Leases are extended while work goes on, as by `keep_while`, and what is somebody else's by then is dropped.
    ///
    /// ```no_run
    /// # use redis_schema::queue::{Queued, Verdict};
    /// # use redis_schema::{Handle, Key, Result, Store, codec::Text, structure::Queue};
    /// # async fn send(_: &str) -> bool { true }
    /// # async fn example<K: Queued + Key<Structure = Queue<Text<String>, ()>> + Send + Sync>(
    /// #     mails: Handle<K, &Store>, stop: impl Future<Output = ()>,
    /// # ) -> Result<()> {
    /// mails.work(8, stop, async |task| match &task.payload {
    ///     Ok(mail) if send(mail).await => Verdict::Done,
    ///     Ok(_) => Verdict::Retry("the mail server is away".to_owned()),
    ///     Err(error) => Verdict::Bury(error.to_string()),
    /// }).await
    /// # }
    /// ```
    ///
    /// A look for tasks that is under way when it is stopped is waited for, a second at most, and what it brings is worked on too.
    ///
    /// Runs the scripts of `claim_within`, `extend`, and `ack`, `retry` or `bury`. O(log n) for each. Everything happens in the caller's task: work that
    /// never waits holds up the other work, and a panic is the caller's. Dropping it leaves what is claimed to others when the leases are
    /// over.
    ///
    /// # Errors
    /// While the server cannot be reached it goes on trying. Any other error ends it at once.
    pub async fn work<'s, W>(
        &self,
        at_once: u32,
        stop: impl Future<Output = ()>,
        body: W,
    ) -> Result<()>
    where
        X: AtStore<'s>,
        W: AsyncFn(&Task<C::Value, P>) -> Verdict,
    {
        let at_once = usize::try_from(at_once.max(1)).unwrap_or(usize::MAX);
        let (mut stop, mut stopping) = (pin!(stop), false);
        let (mut claiming, mut running) = (None, FuturesUnordered::new());
        let mut pause = Pause::default();
        loop {
            let room = at_once.saturating_sub(running.len());
            if claiming.is_none() && !stopping && room > 0 {
                let count = u32::try_from(room).unwrap_or(u32::MAX);
                // Kept until it has answered: what it claims belongs to somebody.
                claiming = Some(Box::pin(async move {
                    pause.wait().await;
                    self.claim_within(count, LOOK).await
                }));
            }
            if claiming.is_none() && running.is_empty() {
                return Ok(());
            }
            let event = poll_fn(|cx| {
                if !stopping && stop.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(Event::Stop);
                }
                if let Some(claim) = &mut claiming
                    && let Poll::Ready(tasks) = claim.as_mut().poll(cx)
                {
                    return Poll::Ready(Event::Claimed(tasks));
                }
                if let Poll::Ready(Some(settled)) = running.poll_next_unpin(cx) {
                    return Poll::Ready(Event::Settled(settled));
                }
                Poll::Pending
            });
            match event.await {
                Event::Stop => stopping = true,
                Event::Settled(settled) => unless_it_passes(settled)?,
                Event::Claimed(tasks) => {
                    claiming = None;
                    match tasks {
                        Ok(tasks) => {
                            pause.over();
                            running.extend(tasks.into_iter().map(|task| self.one(task, &body)));
                        }
                        Err(error) if passes(&error) => pause.longer(),
                        Err(error) => return Err(error),
                    }
                }
            }
        }
    }

    /// Works on one task, and says what became of it. Whether that still counts is told by the server, and nothing is left to do about it.
    async fn one<'s, W>(&self, task: Task<C::Value, P>, body: &W) -> Result<()>
    where
        X: AtStore<'s>,
        W: AsyncFn(&Task<C::Value, P>) -> Verdict,
    {
        match self.keep_while(&task, body(&task)).await? {
            None => {}
            Some(Verdict::Done) => drop(self.ack(&task).at_store().await?),
            Some(Verdict::Retry(why)) => drop(self.retry(&task, &why).at_store().await?),
            Some(Verdict::Bury(why)) => drop(self.bury(&task, &why).at_store().await?),
        }
        Ok(())
    }
}

/// A task whose end could not be told comes back after its lease.
fn unless_it_passes(settled: Result<()>) -> Result<()> {
    match settled {
        Err(error) if passes(&error) => Ok(()),
        other => other,
    }
}
