use std::ops::{Bound, RangeBounds};
use std::time::Duration;

use redis::Value;

use super::entry::{Entry, entries, entries_of_stream};
use super::{Position, StreamId, Trim};
use crate::cmd::{Args, Wait};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::payload::Payload;
use crate::record::Record;
use crate::reply;
use crate::retry::Promise;
use crate::structure::Stream;

/// How much to read, and how long to wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Most entries to return.
    pub count: Option<u64>,
    /// How long to wait for the first entry (`Duration::MAX` for ever). By default not at all.
    pub block: Option<Duration>,
}

impl ReadOptions {
    /// Everything there is, without waiting.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            count: None,
            block: None,
        }
    }

    /// Returns at most so many entries.
    #[must_use]
    pub const fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// Waits up to so long when there is no entry (`Duration::MAX` for ever).
    #[must_use]
    pub const fn block(mut self, wait: Duration) -> Self {
        self.block = Some(wait);
        self
    }
}

impl<K, R, T, X> Handle<K, X, Stream<R, T>>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
{
    /// Number of entries.
    ///
    /// Sends `XLEN`. O(1).
    #[doc(alias = "len")]
    pub fn xlen(&self) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("XLEN", key, 0)))
        })
    }

    /// Whether there is no entry. Other than keys of other structures, a stream may exist without any.
    ///
    /// Sends `XLEN`. O(1).
    pub fn is_empty(&self) -> Command<bool, X> {
        self.command(Promise::MayRenew, reply::zero, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("XLEN", key, 0)))
        })
    }

    /// The entries in a range of identifiers, oldest first; `..` for all.
    ///
    /// Sends `XRANGE`. O(log n + returned).
    pub fn xrange(&self, range: impl RangeBounds<StreamId>) -> Command<Vec<Entry<R>>, X> {
        self.range("XRANGE", &range, None)
    }

    /// As [`xrange`](Self::xrange), at most `count` entries.
    pub fn xrange_count(
        &self,
        range: impl RangeBounds<StreamId>,
        count: u64,
    ) -> Command<Vec<Entry<R>>, X> {
        self.range("XRANGE", &range, Some(count))
    }

    /// The entries in a range of identifiers, newest first. The range is written from low to high.
    ///
    /// Sends `XREVRANGE`. O(log n + returned).
    pub fn xrevrange(&self, range: impl RangeBounds<StreamId>) -> Command<Vec<Entry<R>>, X> {
        self.range("XREVRANGE", &range, None)
    }

    /// As [`xrevrange`](Self::xrevrange), at most `count` entries.
    pub fn xrevrange_count(
        &self,
        range: impl RangeBounds<StreamId>,
        count: u64,
    ) -> Command<Vec<Entry<R>>, X> {
        self.range("XREVRANGE", &range, Some(count))
    }

    fn range(
        &self,
        name: &'static str,
        range: &impl RangeBounds<StreamId>,
        count: Option<u64>,
    ) -> Command<Vec<Entry<R>>, X> {
        self.command(Promise::MayRenew, entries::<R>, |key, lifetime| {
            let (Some(low), Some(high)) = edges(range) else {
                return Ok(Payload::Ready(Value::Array(Vec::new())));
            };
            let (first, last) = match name {
                "XREVRANGE" => (high, low),
                _ => (low, high),
            };
            let args = Args::on(name, key, 4).id(first).id(last).counted(count);
            Ok(lifetime.read(key, args))
        })
    }

    /// The entries after a position, oldest first, waiting for one if the options say so.
    ///
    /// Sends `XREAD`. O(returned). A call that waits gets a connection to itself from a store; on a
    /// connection shared by others it makes them wait, and it cannot be part of a batch. To read
    /// everything as it comes, `follow` the stream.
    pub fn xread(
        &self,
        from: impl Into<Position>,
        options: ReadOptions,
    ) -> Command<Vec<Entry<R>>, X> {
        let from = from.into();
        self.held(
            Promise::MayRenew,
            options.block,
            entries_of_stream::<R>,
            |key, wait| {
                Args::new("XREAD", 7, key.len() + 80)
                    .counted(options.count)
                    .held(wait)
                    .arg(b"STREAMS")
                    .arg(key)
                    .position(from)
            },
        )
    }

    /// A read that the server may hold back.
    pub(super) fn held<V>(
        &self,
        promise: Promise,
        block: Option<Duration>,
        decode: reply::Decode<V>,
        command: impl FnOnce(&[u8], Option<Wait>) -> Args,
    ) -> Command<V, X> {
        match block.map(Wait::of) {
            None => self.command(promise, decode, |key, lifetime| {
                Ok(lifetime.read(key, command(key, None)))
            }),
            Some(wait) => self.waiting(promise, wait, decode, |key, lifetime| {
                Ok(lifetime.wait_to_read(key, command(key, Some(wait))))
            }),
        }
    }
}

impl Args {
    /// Appends `COUNT n`.
    pub(super) fn counted(self, count: Option<u64>) -> Self {
        match count {
            None => self,
            Some(count) => self.arg(b"COUNT").uint(count),
        }
    }

    /// Appends `BLOCK milliseconds`.
    pub(super) fn held(self, wait: Option<Wait>) -> Self {
        match wait {
            None => self,
            Some(Wait(wait)) => self.arg(b"BLOCK").millis(wait),
        }
    }

    /// Appends a duration in milliseconds.
    pub(super) fn millis(self, duration: Duration) -> Self {
        self.uint(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
    }
}

/// The lowest and the highest identifier of a range; `None` where it cannot hold any.
pub(super) fn edges(range: &impl RangeBounds<StreamId>) -> (Option<StreamId>, Option<StreamId>) {
    let low = match range.start_bound() {
        Bound::Included(id) => Some(*id),
        Bound::Excluded(id) => id.next(),
        Bound::Unbounded => Some(StreamId::MIN),
    };
    let high = match range.end_bound() {
        Bound::Included(id) => Some(*id),
        Bound::Excluded(id) => id.previous(),
        Bound::Unbounded => Some(StreamId::MAX),
    };
    (low, high)
}
