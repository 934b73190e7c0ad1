//! A consumer at work for as long as the program runs.

use super::bury::DeadLetters;
use super::{ConsumerGroup, Consumers};
use crate::context::Context;
use crate::handle::stream::source::{Source, Undertaker};
use crate::handle::stream::{Follow, ReadOptions, Trim};
use crate::key::Key;
use crate::record::Record;
use crate::slot::AtStore;
use crate::structure::Stream;

impl<K, R, T, X, G> Consumers<K, X, G>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record + Send + 'static,
    T: Trim,
    X: Context,
    G: ConsumerGroup<K>,
{
    /// The entries a consumer of the group is to work on: first those it has not acknowledged since it last
    /// ran, then those that lay for `min_idle:` with others, then new ones as they come. What was delivered
    /// `max_deliveries:` times goes to the dead letters instead. The group must exist.
    ///
    /// Sends `XREADGROUP BLOCK 2500 COUNT 100` again and again, the wait as `follow` has it; in between what `claim` sends as often as
    /// entries can have become old enough. Under `ack: before` it sends `NOACK`, and only new entries come; what was delivered and did not arrive
    /// is lost, which is told as [`Ambiguous`](crate::ErrorKind::Ambiguous). An
    /// entry that is not what the schema says is one item with its identifier: acknowledge or bury it, or it
    /// comes back.
    ///
    /// ```no_run
    /// # use redis_schema::{Handle, Key, Result, Store, record::Record, structure::Stream};
    /// # use redis_schema::stream::{Acknowledges, KeepAll};
    /// # async fn work<R>(_: R) {}
    /// # async fn example<K, R, G>(orders: Handle<K, &Store>, billing: G) -> Result<()>
    /// # where K: Key<Structure = Stream<R, KeepAll>>, R: Record + Send + 'static, G: Acknowledges<K> {
    /// let billing = orders.group(billing);
    /// billing.create().await?;
    /// let mut mine = billing.consume("worker-1");
    /// while let Some(entry) = mine.next().await {
    ///     let entry = entry?;
    ///     work(entry.record?).await;
    ///     billing.ack([entry.id]).await?;
    /// }
    /// # Ok(()) }
    /// ```
    pub fn consume<'s>(&self, consumer: &str) -> Follow<R>
    where
        X: AtStore<'s>,
    {
        self.consume_with(consumer, ReadOptions::new())
    }

    /// As [`consume`](Self::consume), with another wait and number of entries for one round trip.
    pub fn consume_with<'s>(&self, consumer: &str, options: ReadOptions) -> Follow<R>
    where
        X: AtStore<'s>,
    {
        let policy = G::POLICY;
        let source = match policy.max_deliveries {
            0 => Ok(Source::declared(policy, consumer, options, None)),
            _ => {
                let dead = DeadLetters::<_, _, G>::of(&self.stream);
                let dead = self.stream.operands_of::<()>(&dead);
                dead.map(|mut dead| {
                    let dead = dead.pop().map(|dead| Undertaker { policy, dead });
                    Source::declared(policy, consumer, options, dead)
                })
            }
        };
        self.stream.reader(source)
    }
}
