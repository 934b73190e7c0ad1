use std::time::Duration;

use redis::Value;

use super::entry::{Entry, optional_entry};
use super::id::{id, optional_id};
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

/// What a stream holds, in short.
#[derive(Debug)]
#[non_exhaustive]
pub struct StreamInfo<R> {
    /// Number of entries.
    pub length: u64,
    /// Number of consumer groups.
    pub groups: u64,
    /// The greatest identifier there ever was.
    pub last_generated_id: StreamId,
    /// The greatest identifier of an entry that was deleted (7.0).
    pub max_deleted_id: Option<StreamId>,
    /// Number of entries ever added (7.0).
    pub entries_added: Option<u64>,
    /// The oldest entry.
    pub first: Option<Entry<R>>,
    /// The newest entry.
    pub last: Option<Entry<R>>,
}

/// A group of consumers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupInfo {
    /// Its name.
    pub name: String,
    /// Number of consumers.
    pub consumers: u64,
    /// Number of entries delivered but not acknowledged.
    pub pending: u64,
    /// The last entry that was delivered.
    pub last_delivered_id: StreamId,
    /// Number of entries ever delivered, if the server knows (7.0).
    pub entries_read: Option<u64>,
    /// Number of entries not yet delivered, if the server knows (7.0).
    pub lag: Option<u64>,
}

/// A consumer of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConsumerInfo {
    /// Its name.
    pub name: String,
    /// Number of entries it has not acknowledged.
    pub pending: u64,
    /// How long ago it asked for entries last.
    pub idle: Duration,
    /// How long ago it got an entry last (7.2).
    pub inactive: Option<Duration>,
}

impl<K, R, T, X> Handle<K, X, Stream<R, T>>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
{
    /// What the stream holds, in short; `None` when it does not exist.
    ///
    /// Sends `XINFO STREAM`, and `EXISTS` in the same transaction. O(1).
    pub fn xinfo_stream(&self) -> Command<Option<StreamInfo<R>>, X> {
        self.info("STREAM", None, |value, spec| {
            let found = existing(value, spec)?;
            found.map(|value| stream::<R>(value, spec)).transpose()
        })
    }

    /// The groups of consumers; none when the stream does not exist.
    ///
    /// Sends `XINFO GROUPS`, and `EXISTS` in the same transaction. O(n) in the groups.
    pub fn xinfo_groups(&self) -> Command<Vec<GroupInfo>, X> {
        self.info("GROUPS", None, |value, spec| {
            each(existing(value, spec)?, spec, group)
        })
    }

    /// The consumers of a group; none when the stream does not exist.
    ///
    /// Sends `XINFO CONSUMERS`, and `EXISTS` in the same transaction. O(n) in the consumers.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the stream has no such group.
    pub fn xinfo_consumers(&self, group: &str) -> Command<Vec<ConsumerInfo>, X> {
        self.info("CONSUMERS", Some(group), |value, spec| {
            each(existing(value, spec)?, spec, consumer)
        })
    }

    /// The server calls a stream that does not exist an error, so it is asked for that first.
    fn info<V>(
        &self,
        what: &'static str,
        group: Option<&str>,
        decode: reply::Decode<V>,
    ) -> Command<V, X> {
        self.command(Promise::Read, decode, |key, _| {
            let room = key.len() + group.map_or(0, str::len) + 16;
            let args = Args::new("XINFO", 3, room).arg(what.as_bytes()).arg(key);
            let args = match group {
                None => args,
                Some(group) => args.arg(group.as_bytes()),
            };
            let exists = Args::on("EXISTS", key, 0);
            Ok(Payload::atomic_all(vec![
                exists.into_cmd(),
                args.into_cmd(),
            ]))
        })
    }
}

/// The second reply, if the first says that there is anything.
fn existing(value: Value, spec: &'static Spec) -> Result<Option<Value>> {
    let [exists, found] =
        <[Value; 2]>::try_from(reply::list(value, spec)?).map_err(|_| reply::unexpected(spec))?;
    Ok(reply::flag(exists, spec)?.then_some(found))
}

fn each<V>(
    value: Option<Value>,
    spec: &'static Spec,
    read: fn(Value, &'static Spec) -> Result<V>,
) -> Result<Vec<V>> {
    let items = value.map_or(Ok(Vec::new()), |value| reply::list(value, spec))?;
    items.into_iter().map(|item| read(item, spec)).collect()
}

/// Named facts, each read at most once; a newer server tells more than is asked for.
struct Facts {
    found: Vec<(String, Value)>,
    spec: &'static Spec,
}

impl Facts {
    fn read(value: Value, spec: &'static Spec) -> Result<Self> {
        let found = reply::pairs(value, spec)?
            .into_iter()
            .map(|(fact, value)| Ok((reply::text(fact, spec)?, value)))
            .collect::<Result<_>>()?;
        Ok(Self { found, spec })
    }

    /// Takes a fact; nil when it is not told.
    fn take<V>(
        &mut self,
        name: &str,
        read: impl FnOnce(Value, &'static Spec) -> Result<V>,
    ) -> Result<V> {
        let found = self.found.iter_mut().find(|(fact, _)| fact == name);
        let value = found.map_or(Value::Nil, |(_, value)| {
            std::mem::replace(value, Value::Nil)
        });
        read(value, self.spec)
    }
}

fn stream<R: Record>(value: Value, spec: &'static Spec) -> Result<StreamInfo<R>> {
    let mut facts = Facts::read(value, spec)?;
    Ok(StreamInfo {
        length: facts.take("length", reply::count)?,
        groups: facts.take("groups", reply::count)?,
        last_generated_id: facts.take("last-generated-id", id)?,
        max_deleted_id: facts.take("max-deleted-entry-id", optional_id)?,
        entries_added: facts.take("entries-added", reply::optional_count)?,
        first: facts.take("first-entry", optional_entry::<R>)?,
        last: facts.take("last-entry", optional_entry::<R>)?,
    })
}

fn group(value: Value, spec: &'static Spec) -> Result<GroupInfo> {
    let mut facts = Facts::read(value, spec)?;
    Ok(GroupInfo {
        name: facts.take("name", name)?,
        consumers: facts.take("consumers", reply::count)?,
        pending: facts.take("pending", reply::count)?,
        last_delivered_id: facts.take("last-delivered-id", id)?,
        entries_read: facts.take("entries-read", reply::optional_count)?,
        lag: facts.take("lag", reply::optional_count)?,
    })
}

fn consumer(value: Value, spec: &'static Spec) -> Result<ConsumerInfo> {
    let mut facts = Facts::read(value, spec)?;
    Ok(ConsumerInfo {
        name: facts.take("name", name)?,
        pending: facts.take("pending", reply::count)?,
        idle: facts.take("idle", since)?,
        inactive: facts.take("inactive", since_ever)?,
    })
}

/// The name of a group or consumer. Names are not values of the schema: one that is not text is shown as
/// well as can be.
pub(super) fn name(value: Value, spec: &'static Spec) -> Result<String> {
    let bytes = reply::bytes(value, spec)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Milliseconds.
pub(super) fn since(value: Value, spec: &'static Spec) -> Result<Duration> {
    // Clocks that are set back make it negative.
    let millis = reply::int(value, spec)?;
    Ok(Duration::from_millis(u64::try_from(millis).unwrap_or(0)))
}

/// Milliseconds, -1 for never.
fn since_ever(value: Value, spec: &'static Spec) -> Result<Option<Duration>> {
    match reply::checked(value, spec)? {
        Value::Nil | Value::Int(-1) => Ok(None),
        other => since(other, spec).map(Some),
    }
}
