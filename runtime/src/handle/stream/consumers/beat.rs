//! Saying that somebody is still at work on an entry, so that nobody takes it over.

use std::borrow::Borrow;
use std::future::{Future, IntoFuture as _};
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use redis::Value;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::{Beats, Consumers};
use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::stream::id::ids;
use crate::handle::stream::{StreamId, Trim};
use crate::key::Key;
use crate::payload::Payload;
use crate::record::Record;
use crate::retry::Promise;
use crate::script::lines;
use crate::slot::AtStore;
use crate::structure::Stream;

impl<K, R, T, X, G> Consumers<K, X, G>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
    G: Beats<K>,
{
    /// Says that the consumer is still at work on these entries, so that nobody takes them over for another
    /// `min_idle:`; returns those that are not its own any more. They were taken over, given up, acknowledged or
    /// deleted, and are left alone. It counts as no delivery.
    ///
    /// Runs a script around `XPENDING` and `XCLAIM … JUSTID`; nothing when no identifier is given. O(log n) for each.
    /// Atomic.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    #[doc(alias = "xclaim")]
    pub fn heartbeat<B: Borrow<StreamId>>(
        &self,
        consumer: &str,
        ids: impl IntoIterator<Item = B>,
    ) -> Command<Vec<StreamId>, X> {
        let entries: Vec<StreamId> = ids.into_iter().map(|id| *id.borrow()).collect();
        self.beat(consumer, &entries)
    }

    fn beat(&self, consumer: &str, entries: &[StreamId]) -> Command<Vec<StreamId>, X> {
        self.stream.command(Promise::Idempotent, ids, |key, _| {
            if entries.is_empty() {
                return Ok(Payload::Ready(Value::Array(Vec::new())));
            }
            let name = G::POLICY.name.as_bytes();
            let room = name.len() + consumer.len() + 24 * entries.len() + 16;
            let args = Args::eval_on(HEARTBEAT, &[key], room);
            let args = args.arg(name).arg(consumer.as_bytes());
            Ok(args.ids(entries).into())
        })
    }

    /// Works on entries and says so every `heartbeat:`; `None`, and the work is dropped, as soon as one of them
    /// is not the consumer's any more. So nobody takes them over however long the work takes, and nobody goes on with what
    /// another one works on or was given up. The first sign is given before the work begins, which does not begin if it is
    /// too late.
    ///
    /// ```no_run
    /// # use redis_schema::{Handle, Key, Result, Store, record::Record, structure::Stream};
    /// # use redis_schema::stream::{Beats, KeepAll};
    /// # async fn work<R>(_: R) {}
    /// # async fn example<K, R, G>(orders: Handle<K, &Store>, billing: G) -> Result<()>
    /// # where K: Key<Structure = Stream<R, KeepAll>>, R: Record + Send + 'static, G: Beats<K> {
    /// let billing = orders.group(billing);
    /// let mut mine = billing.consume("worker-1");
    /// while let Some(entry) = mine.next().await {
    ///     let entry = entry?;
    ///     let work = work(entry.record?);
    ///     if billing.keep_while("worker-1", [entry.id], work).await?.is_some() {
    ///         billing.ack([entry.id]).await?;
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// Runs a script around `XPENDING` and `XCLAIM … JUSTID` each time. O(log n) for each entry. A work that never waits
    /// cannot be told apart from one that hangs: no sign is given while it computes.
    ///
    /// # Errors
    /// While the server cannot be reached the work goes on as long as another sign could be given before `min_idle:` has
    /// passed since the last one; then it is dropped, and the error is what the last attempt failed with. Any other error
    /// drops it at once:
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub async fn keep_while<'s, B, F>(
        &self,
        consumer: &str,
        ids: impl IntoIterator<Item = B>,
        work: F,
    ) -> Result<Option<F::Output>>
    where
        X: AtStore<'s>,
        B: Borrow<StreamId>,
        F: Future,
    {
        let entries: Vec<StreamId> = ids.into_iter().map(|id| *id.borrow()).collect();
        let began = Instant::now();
        if !self.beat(consumer, &entries).at_store().await?.is_empty() {
            return Ok(None);
        }
        let beats = self.beats(consumer, &entries, began);
        match select(pin!(work), pin!(beats)).await {
            Either::Left((done, _)) => Ok(Some(done)),
            Either::Right((Ok(Lost), _)) => Ok(None),
            Either::Right((Err(error), _)) => Err(error),
        }
    }

    /// Gives signs until one comes too late. The last one was sent then.
    async fn beats<'s>(
        &self,
        consumer: &str,
        entries: &[StreamId],
        mut last: Instant,
    ) -> Result<Lost>
    where
        X: AtStore<'s>,
    {
        let (heartbeat, min_idle) = (G::POLICY.heartbeat.max(SHORTEST), G::POLICY.min_idle);
        let mut pause = interval(heartbeat);
        pause.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick is at once.
        pause.tick().await;
        loop {
            pause.tick().await;
            let sent = Instant::now();
            let beat = self.beat(consumer, entries).at_store().into_future();
            let error = match timeout(heartbeat, beat).await {
                Ok(Ok(lost)) if lost.is_empty() => {
                    last = sent;
                    continue;
                }
                Ok(Ok(_)) => return Ok(Lost),
                Ok(Err(error)) if !passes(&error) => return Err(error),
                Ok(Err(error)) => error,
                Err(_) => Error::new(ErrorKind::Timeout, K::spec().template, UNANSWERED),
            };
            // The next one would come too late.
            if last.elapsed() + heartbeat > min_idle {
                return Err(error);
            }
        }
    }
}

/// An entry is not the consumer's any more.
struct Lost;

const UNANSWERED: &str = "the server does not answer between two signs of a consumer at work";

/// A timer needs some pause.
const SHORTEST: Duration = Duration::from_millis(1);

/// Whether the next attempt may succeed.
fn passes(error: &Error) -> bool {
    // While a fail-over lasts the old server may answer still.
    error.is_unavailable() || error.kind() == ErrorKind::ReadOnly
}

/// Of these, those that are not the consumer's.
const HEARTBEAT: &str = lines!(
    "local lost={}"
    "for i=3,#ARGV do local id=ARGV[i]"
    "if #redis.call('XPENDING',KEYS[1],ARGV[1],id,id,1,ARGV[2])==0"
    "or #redis.call('XCLAIM',KEYS[1],ARGV[1],ARGV[2],0,id,'JUSTID')==0 then"
    "lost[#lost+1]=id end end"
    "return lost"
);
