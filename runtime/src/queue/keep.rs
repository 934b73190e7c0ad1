//! Extending a lease while work goes on.

use std::future::{Future, IntoFuture as _};
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::{Claim, Priority, Queued};
use crate::codec::Codec;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::key::Key;
use crate::slot::AtStore;
use crate::structure::Queue;

impl<K, C, P, X> Handle<K, X, Queue<C, P>>
where
    K: Queued + Key<Structure = Queue<C, P>>,
    C: Codec,
    P: Priority,
    X: Context,
{
    /// Works on a task and extends its lease each time a third of it is over; `None`, and the work is dropped, as soon as the task is
    /// somebody else's. The first extension comes before the work begins, which does not begin if it is too late.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use redis_schema::queue::Queued;
    /// # use redis_schema::{Handle, Key, Result, Store, codec::Text, structure::Queue};
    /// # async fn send(_: String) {}
    /// # async fn example<K: Queued + Key<Structure = Queue<Text<String>, ()>> + Send + Sync>(mails: Handle<K, &Store>) -> Result<()> {
    /// for mut task in mails.claim_within(1, Duration::from_secs(30)).await? {
    ///     let work = send(std::mem::take(task.payload.as_mut().expect("a text")));
    ///     if mails.keep_while(&task, work).await?.is_some() {
    ///         mails.ack(&task).await?;
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// Runs the script of `extend` each time. O(log n). A work that never waits cannot be told apart from one that hangs: nothing is
    /// extended while it computes.
    ///
    /// # Errors
    /// While the server cannot be reached the work goes on as long as another extension could come in time; then it is dropped, and the error is
    /// what the last one failed with. Any other error drops it at once.
    pub async fn keep_while<'s, F>(
        &self,
        task: &impl AsRef<Claim>,
        work: F,
    ) -> Result<Option<F::Output>>
    where
        X: AtStore<'s>,
        F: Future,
    {
        let (claim, began) = (task.as_ref(), Instant::now());
        if !self.extend(claim).at_store().await? {
            return Ok(None);
        }
        let extended = self.extended(claim, began);
        match select(pin!(work), pin!(extended)).await {
            Either::Left((done, _)) => Ok(Some(done)),
            Either::Right((Ok(Lost), _)) => Ok(None),
            Either::Right((Err(error), _)) => Err(error),
        }
    }

    /// Extends the lease until one extension comes too late. The last one was sent then.
    async fn extended<'s>(&self, claim: &Claim, mut last: Instant) -> Result<Lost>
    where
        X: AtStore<'s>,
    {
        let lease = K::RULE.lease();
        let third = (lease / 3).max(Duration::from_millis(1));
        let mut pause = interval(third);
        pause.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick is at once.
        pause.tick().await;
        loop {
            pause.tick().await;
            let sent = Instant::now();
            let extension = self.extend(claim).at_store().into_future();
            let error = match timeout(third, extension).await {
                Ok(Ok(true)) => {
                    last = sent;
                    continue;
                }
                Ok(Ok(false)) => return Ok(Lost),
                Ok(Err(error)) if !passes(&error) => return Err(error),
                Ok(Err(error)) => error,
                Err(_) => Error::new(ErrorKind::Timeout, K::spec().template, UNANSWERED),
            };
            // The next one would come too late.
            if last.elapsed() + third > lease {
                return Err(error);
            }
        }
    }
}

/// The task is somebody else's.
struct Lost;

const UNANSWERED: &str = "the server does not answer in a third of a lease";

/// Whether the next attempt may succeed.
pub(super) fn passes(error: &Error) -> bool {
    // While a fail-over lasts the old server may answer still.
    error.is_unavailable() || error.kind() == ErrorKind::ReadOnly
}
