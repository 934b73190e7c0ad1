use std::borrow::Borrow;
use std::ops::RangeBounds;
use std::time::Duration;

use redis::Value;

use super::entry::{Entry, entries};
use super::id::{id, ids, optional_id};
use super::info::{name, since};
use super::read::edges;
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
use crate::structure::Stream;

/// What a group has delivered but not had acknowledged, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingSummary {
    /// Number of entries.
    pub count: u64,
    /// The oldest of them.
    pub lowest: Option<StreamId>,
    /// The newest of them.
    pub highest: Option<StreamId>,
    /// How many each consumer has; those without are left out.
    pub consumers: Vec<(String, u64)>,
}

/// An entry that is delivered but not acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingEntry {
    /// Its identifier.
    pub id: StreamId,
    /// Who has it.
    pub consumer: String,
    /// How long ago it was delivered last.
    pub idle: Duration,
    /// How often it was delivered.
    pub deliveries: u64,
}

/// Which pending entries to list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingFilter {
    low: Option<StreamId>,
    high: Option<StreamId>,
    count: u64,
    min_idle: Option<Duration>,
    consumer: Option<String>,
}

impl PendingFilter {
    /// The oldest `count`.
    #[must_use]
    pub fn new(count: u64) -> Self {
        Self {
            low: Some(StreamId::MIN),
            high: Some(StreamId::MAX),
            count,
            min_idle: None,
            consumer: None,
        }
    }

    /// Only those in a range of identifiers.
    #[must_use]
    pub fn range(mut self, range: impl RangeBounds<StreamId>) -> Self {
        (self.low, self.high) = edges(&range);
        self
    }

    /// Only those delivered at least so long ago (6.2).
    #[must_use]
    pub fn min_idle(mut self, idle: Duration) -> Self {
        self.min_idle = Some(idle);
        self
    }

    /// Only those of one consumer.
    #[must_use]
    pub fn consumer(mut self, name: impl Into<String>) -> Self {
        self.consumer = Some(name.into());
        self
    }
}

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
}

impl<K, R, T, X> Handle<K, X, Stream<R, T>>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
{
    /// What the group has delivered but not had acknowledged, in short.
    ///
    /// Sends `XPENDING`. O(n) in the consumers.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub fn xpending(&self, group: &str) -> Command<PendingSummary, X> {
        self.command(summary, |key, lifetime| {
            let args = Args::on("XPENDING", key, 1).arg(group.as_bytes());
            Ok(lifetime.read(key, args))
        })
    }

    /// The entries that the group has delivered but not had acknowledged, oldest first.
    ///
    /// Sends `XPENDING` with a range. O(n) in the entries looked at.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub fn xpending_entries(
        &self,
        group: &str,
        filter: &PendingFilter,
    ) -> Command<Vec<PendingEntry>, X> {
        self.command(details, |key, lifetime| {
            let (Some(low), Some(high)) = (filter.low, filter.high) else {
                return Ok(Payload::Ready(Value::Array(Vec::new())));
            };
            let args = Args::on("XPENDING", key, 7).arg(group.as_bytes());
            let args = match filter.min_idle {
                None => args,
                Some(idle) => args.arg(b"IDLE").millis(idle),
            };
            let args = args.id(low).id(high).uint(filter.count);
            let args = match &filter.consumer {
                None => args,
                Some(name) => args.arg(name.as_bytes()),
            };
            Ok(lifetime.read(key, args))
        })
    }

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
        self.command(decode, |key, _| {
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
        self.command(claimed::<R>, |key, _| {
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

fn summary(value: Value, spec: &'static Spec) -> Result<PendingSummary> {
    let [count, lowest, highest, consumers] =
        <[Value; 4]>::try_from(reply::list(value, spec)?).map_err(|_| reply::unexpected(spec))?;
    Ok(PendingSummary {
        count: reply::count(count, spec)?,
        lowest: optional_id(lowest, spec)?,
        highest: optional_id(highest, spec)?,
        consumers: reply::pairs(consumers, spec)?
            .into_iter()
            .map(|(consumer, count)| Ok((name(consumer, spec)?, reply::count(count, spec)?)))
            .collect::<Result<_>>()?,
    })
}

fn details(value: Value, spec: &'static Spec) -> Result<Vec<PendingEntry>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|item| {
            let [own, consumer, idle, deliveries] =
                <[Value; 4]>::try_from(reply::list(item, spec)?)
                    .map_err(|_| reply::unexpected(spec))?;
            Ok(PendingEntry {
                id: id(own, spec)?,
                consumer: name(consumer, spec)?,
                idle: since(idle, spec)?,
                deliveries: reply::count(deliveries, spec)?,
            })
        })
        .collect()
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
    })
}
