use std::borrow::Borrow;
use std::time::Duration;

use redis::Value;

use super::entry::{Entry, entries};
use super::id::{id, ids};
use super::{StreamId, Trim};
use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::payload::Payload;
use crate::record::Record;
use crate::reply::{self, Decode};
use crate::retry::Promise;
use crate::structure::Stream;

/// How claimed entries are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ClaimOptions {
    idle: Option<Duration>,
    deliveries: Option<u64>,
    force: bool,
}

impl ClaimOptions {
    /// As delivered just now, once more than before.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            idle: None,
            deliveries: None,
            force: false,
        }
    }

    /// As delivered so long ago.
    #[must_use]
    pub const fn idle(mut self, idle: Duration) -> Self {
        self.idle = Some(idle);
        self
    }

    /// As delivered so often.
    #[doc(alias = "retrycount")]
    #[must_use]
    pub const fn deliveries(mut self, count: u64) -> Self {
        self.deliveries = Some(count);
        self
    }

    /// Also entries that are not pending.
    #[must_use]
    pub const fn force(mut self) -> Self {
        self.force = true;
        self
    }
}

/// What a consumer has taken over.
#[derive(Debug)]
#[non_exhaustive]
pub struct Claimed<R> {
    /// Where to go on; [`StreamId::MIN`] when everything pending has been looked at.
    pub next: StreamId,
    /// The entries.
    pub entries: Vec<Entry<R>>,
    /// Entries that were pending but are deleted; they are pending no more (7.0).
    pub deleted: Vec<StreamId>,
    /// Entries that went to the dead letters instead, by the identifiers they had. Only where the schema
    /// declares where: see [`Consumers::claim`](super::Consumers::claim).
    pub buried: Vec<StreamId>,
}

impl<K, R, T, X> Handle<K, X, Stream<R, T>>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
{
    /// Takes over pending entries that were delivered at least `min_idle` ago, to work on them; returns
    /// those that still exist.
    ///
    /// Sends one `XCLAIM`; nothing when no identifier is given. O(log n) for each.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub fn xclaim<B: Borrow<StreamId>>(
        &self,
        group: &str,
        consumer: &str,
        min_idle: Duration,
        ids: impl IntoIterator<Item = B>,
        options: ClaimOptions,
    ) -> Command<Vec<Entry<R>>, X> {
        let claim = Claim::new(group, consumer, min_idle, ids, options);
        self.claim(entries::<R>, &claim, false)
    }

    /// As [`xclaim`](Self::xclaim), but returns only the identifiers and does not count as a delivery.
    ///
    /// Sends one `XCLAIM … JUSTID`; nothing when no identifier is given. O(log n) for each.
    ///
    /// # Errors
    /// As [`xclaim`](Self::xclaim).
    #[doc(alias = "justid")]
    pub fn xclaim_ids<B: Borrow<StreamId>>(
        &self,
        group: &str,
        consumer: &str,
        min_idle: Duration,
        ids_wanted: impl IntoIterator<Item = B>,
        options: ClaimOptions,
    ) -> Command<Vec<StreamId>, X> {
        let claim = Claim::new(group, consumer, min_idle, ids_wanted, options);
        self.claim(ids, &claim, true)
    }

    fn claim<V>(&self, decode: Decode<V>, claim: &Claim<'_>, only_ids: bool) -> Command<V, X> {
        self.command(Promise::Unsafe, decode, |key, _| {
            if claim.ids.is_empty() {
                return Ok(Payload::Ready(Value::Array(Vec::new())));
            }
            let args = Args::on("XCLAIM", key, 9 + 2 * claim.ids.len())
                .arg(claim.group.as_bytes())
                .arg(claim.consumer.as_bytes())
                .millis(claim.min_idle)
                .ids(&claim.ids);
            let args = match claim.options.idle {
                None => args,
                Some(idle) => args.arg(b"IDLE").millis(idle),
            };
            let args = match claim.options.deliveries {
                None => args,
                Some(count) => args.arg(b"RETRYCOUNT").uint(count),
            };
            let args = args.arg_if(claim.options.force, b"FORCE");
            Ok(args.arg_if(only_ids, b"JUSTID").into())
        })
    }

    /// Takes over up to `count` entries from `from` on that any consumer was delivered at least `min_idle`
    /// ago and has not acknowledged: the work of consumers that are gone.
    ///
    /// Sends `XAUTOCLAIM` (6.2). O(count).
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub fn xautoclaim(
        &self,
        group: &str,
        consumer: &str,
        min_idle: Duration,
        from: StreamId,
        count: u64,
    ) -> Command<Claimed<R>, X> {
        self.command(Promise::Unsafe, claimed::<R>, |key, _| {
            let args = autoclaim(group, consumer, key, min_idle, from, count);
            Ok(args.into())
        })
    }
}

/// `XAUTOCLAIM key group consumer min-idle from COUNT n`.
pub(super) fn autoclaim(
    group: &str,
    consumer: &str,
    key: &[u8],
    min_idle: Duration,
    from: StreamId,
    count: u64,
) -> Args {
    Args::sized("XAUTOCLAIM", key, 6, group.len() + consumer.len() + 80)
        .arg(group.as_bytes())
        .arg(consumer.as_bytes())
        .millis(min_idle)
        .id(from)
        .counted(Some(count))
}

struct Claim<'a> {
    group: &'a str,
    consumer: &'a str,
    min_idle: Duration,
    ids: Vec<StreamId>,
    options: ClaimOptions,
}

impl<'a> Claim<'a> {
    fn new<B: Borrow<StreamId>>(
        group: &'a str,
        consumer: &'a str,
        min_idle: Duration,
        ids: impl IntoIterator<Item = B>,
        options: ClaimOptions,
    ) -> Self {
        Self {
            group,
            consumer,
            min_idle,
            ids: ids.into_iter().map(|id| *id.borrow()).collect(),
            options,
        }
    }
}

/// Servers before 7.0 do not tell what is deleted.
pub(super) fn claimed<R: Record>(value: Value, spec: &'static Spec) -> Result<Claimed<R>> {
    let mut parts = reply::list(value, spec)?.into_iter();
    let (Some(next), Some(found)) = (parts.next(), parts.next()) else {
        return Err(reply::unexpected(spec));
    };
    Ok(Claimed {
        next: id(next, spec)?,
        entries: entries::<R>(found, spec)?,
        deleted: ids(parts.next().unwrap_or(Value::Nil), spec)?,
        buried: Vec::new(),
    })
}
