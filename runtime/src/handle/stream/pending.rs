use std::ops::RangeBounds;
use std::time::Duration;

use redis::Value;

use super::id::{id, optional_id};
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
use crate::reply;
use crate::retry::Promise;
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
        self.command(Promise::MayRenew, summary, |key, lifetime| {
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
        self.command(Promise::MayRenew, details, |key, lifetime| {
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
