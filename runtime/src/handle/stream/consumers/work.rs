//! What a consumer does: read, acknowledge, take over, give up.

use std::borrow::Borrow;

use redis::Value;

use super::bury::{Burial, DeadLetters, reclaimed};
use super::{Acknowledges, Buries, ConsumerGroup, Consumers, Reclaims};
use crate::command::Command;
use crate::context::Context;
use crate::handle::stream::{
    Claimed, Entry, GroupReadOptions, PendingEntry, PendingFilter, PendingSummary, ReadOptions,
    StreamId, Trim,
};
use crate::key::Key;
use crate::payload::Payload;
use crate::record::Record;
use crate::reply;
use crate::retry::Promise;
use crate::structure::Stream;

// What a group is not declared for is a bound of the method: only there the compiler says what its trait has to say.
impl<K, R, T, X, G> Consumers<K, X, G>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
    G: ConsumerGroup<K>,
{
    /// Entries that no consumer of the group has had yet, waiting for one if the options say so. Unless the
    /// schema says `ack: before` they are pending until they are acknowledged.
    ///
    /// Sends `XREADGROUP … >`, with `NOACK` under `ack: before`. O(returned). A call that waits gets a
    /// connection to itself from a store; on a connection shared by others it makes them wait, and it cannot be
    /// part of a batch.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    #[doc(alias = "xreadgroup")]
    pub fn read(&self, consumer: &str, options: ReadOptions) -> Command<Vec<Entry<R>>, X> {
        let options = GroupReadOptions {
            count: options.count,
            block: options.block,
            no_ack: G::POLICY.ack_before,
        };
        self.stream.read_group(G::POLICY.name, consumer, options)
    }

    /// Acknowledges entries: they are pending no more. Returns how many were.
    ///
    /// Sends one `XACK`; nothing when no identifier is given. O(1) for each.
    #[doc(alias = "xack")]
    pub fn ack<B: Borrow<StreamId>>(&self, ids: impl IntoIterator<Item = B>) -> Command<u64, X>
    where
        G: Acknowledges<K>,
    {
        self.stream.xack(G::POLICY.name, ids)
    }

    /// Entries after an identifier that this consumer has had but not acknowledged, oldest first: what it was
    /// working on when it stopped. Entries deleted since are told as such.
    ///
    /// Sends `XREADGROUP` with an identifier. O(returned).
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub fn read_pending(
        &self,
        consumer: &str,
        after: StreamId,
        count: Option<u64>,
    ) -> Command<Vec<Entry<R>>, X>
    where
        G: Acknowledges<K>,
    {
        self.stream
            .read_pending(G::POLICY.name, consumer, after, count)
    }

    /// What the group has delivered but not had acknowledged, in short.
    ///
    /// Sends `XPENDING`. O(n) in the consumers.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub fn pending(&self) -> Command<PendingSummary, X>
    where
        G: Acknowledges<K>,
    {
        self.stream.xpending(G::POLICY.name)
    }

    /// The entries that the group has delivered but not had acknowledged, oldest first.
    ///
    /// Sends `XPENDING` with a range. O(n) in the entries looked at.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub fn pending_entries(&self, filter: &PendingFilter) -> Command<Vec<PendingEntry>, X>
    where
        G: Acknowledges<K>,
    {
        self.stream.xpending_entries(G::POLICY.name, filter)
    }

    /// Takes over entries from `from` on, up to `count`, that lay unacknowledged for `min_idle:`: the work of
    /// consumers that are gone. What was delivered `max_deliveries:` times goes to the dead letters instead.
    ///
    /// Sends `XAUTOCLAIM` (6.2), or runs a script on both streams where dead letters are declared. O(count).
    /// Atomic.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    #[doc(alias = "xautoclaim")]
    pub fn claim(&self, consumer: &str, from: StreamId, count: u64) -> Command<Claimed<R>, X>
    where
        G: Reclaims<K>,
    {
        let policy = G::POLICY;
        if policy.max_deliveries == 0 {
            let (group, idle) = (policy.name, policy.min_idle);
            return self.stream.xautoclaim(group, consumer, idle, from, count);
        }
        self.with_dead_letters(Promise::Unsafe, reclaimed::<R>, |key, burial| {
            burial.claim(key, consumer, from, count).into()
        })
    }

    fn with_dead_letters<V>(
        &self,
        promise: Promise,
        decode: reply::Decode<V>,
        payload: impl FnOnce(&[u8], &Burial<'_>) -> Payload,
    ) -> Command<V, X> {
        let dead = DeadLetters::<_, _, G>::of(&self.stream);
        let stream = &self.stream;
        stream.command_with::<V, ()>(promise, decode, dead, |key, _, dead| match dead {
            [dead] => Ok(payload(key, &Burial::new(G::POLICY, dead))),
            _ => Err(crate::Handle::<K, X>::refused(
                "exactly one stream of dead letters is expected".into(),
            )),
        })
    }

    /// Gives entries up at once, however often they were delivered: those that are pending go to the dead
    /// letters, with the lifetime declared there. Returns how many did.
    ///
    /// Runs a script on both streams; nothing when no identifier is given. O(log n) for each. Atomic.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    #[doc(alias = "dead_letter")]
    pub fn bury<B: Borrow<StreamId>>(&self, ids: impl IntoIterator<Item = B>) -> Command<u64, X>
    where
        G: Buries<K>,
    {
        let ids: Vec<StreamId> = ids.into_iter().map(|id| *id.borrow()).collect();
        self.with_dead_letters(Promise::Repeatable, reply::count, |key, burial| {
            if ids.is_empty() {
                return Payload::Ready(Value::Int(0));
            }
            burial.bury(key, &ids).into()
        })
    }
}
