use std::borrow::Borrow;
use std::time::Duration;

use redis::Value;

use super::entry::{Entry, entries_of_stream};
use super::{Position, StreamId, Trim};
use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::payload::Payload;
use crate::record::Record;
use crate::reply;
use crate::retry::Promise;
use crate::structure::Stream;

/// How much a consumer reads, and how long it waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct GroupReadOptions {
    /// Most entries to return.
    pub count: Option<u64>,
    /// How long to wait for the first entry (`Duration::MAX` for ever). By default not at all.
    pub block: Option<Duration>,
    /// Entries count as acknowledged when they are delivered.
    pub no_ack: bool,
}

impl GroupReadOptions {
    /// Everything there is, without waiting, to be acknowledged.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            count: None,
            block: None,
            no_ack: false,
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

    /// Entries count as acknowledged when they are delivered: a consumer that fails loses them.
    #[must_use]
    pub const fn no_ack(mut self) -> Self {
        self.no_ack = true;
        self
    }
}

/// Creates a group and the stream if need be; a group that exists is no error.
const CREATE: &str = "local r=redis.pcall('XGROUP','CREATE',KEYS[1],ARGV[1],ARGV[2],'MKSTREAM') \
    if type(r)=='table' and r.err then \
    if string.sub(r.err,1,9)=='BUSYGROUP' then return 0 end return r end return 1";

impl<K, R, T, X> Handle<K, X, Stream<R, T>>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
{
    /// Creates a group of consumers, and the stream if it does not exist; tells whether the group is new.
    /// A group that exists stays as it is.
    ///
    /// Sends `XGROUP CREATE … MKSTREAM` (inside a script) and gives a stream without a lifetime its own in
    /// the same transaction. O(1).
    #[doc(alias = "xgroup_create_mkstream")]
    pub fn xgroup_create(&self, group: &str, from: impl Into<Position>) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let args = Args::eval_on(CREATE, &[key], group.len() + 48);
            let args = args.arg(group.as_bytes()).position(from.into());
            Ok(lifetime.create(key, args))
        })
    }

    /// Removes a group with everything it has pending; tells whether it existed.
    ///
    /// Sends `XGROUP DESTROY`. O(n) in the pending entries.
    pub fn xgroup_destroy(&self, group: &str) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            Ok(on_group("DESTROY", key, group, 0).into())
        })
    }

    /// Sets from where the group goes on reading.
    ///
    /// Sends `XGROUP SETID`. O(1).
    pub fn xgroup_setid(&self, group: &str, from: impl Into<Position>) -> Command<(), X> {
        self.command(Promise::Unsafe, reply::unit, |key, _| {
            Ok(on_group("SETID", key, group, 1)
                .position(from.into())
                .into())
        })
    }

    /// Makes a consumer known before it reads; tells whether it is new. Reading does so by itself.
    ///
    /// Sends `XGROUP CREATECONSUMER` (6.2). O(1).
    pub fn xgroup_createconsumer(&self, group: &str, consumer: &str) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            let args = on_group("CREATECONSUMER", key, group, 1);
            Ok(args.arg(consumer.as_bytes()).into())
        })
    }

    /// Forgets a consumer; returns how many entries it had pending, which are then delivered to nobody:
    /// claim them first.
    ///
    /// Sends `XGROUP DELCONSUMER`. O(1).
    pub fn xgroup_delconsumer(&self, group: &str, consumer: &str) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, _| {
            let args = on_group("DELCONSUMER", key, group, 1);
            Ok(args.arg(consumer.as_bytes()).into())
        })
    }

    /// Entries that no consumer of the group has had yet, waiting for one if the options say so. They are
    /// pending until they are acknowledged.
    ///
    /// Sends `XREADGROUP … >`. O(returned). A call that waits gets a connection to itself from a store; on
    /// a connection shared by others it makes them wait, and it cannot be part of a batch.
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    #[doc(alias = "xreadgroup")]
    pub fn read_group(
        &self,
        group: &str,
        consumer: &str,
        options: GroupReadOptions,
    ) -> Command<Vec<Entry<R>>, X> {
        self.held(
            Promise::Unsafe,
            options.block,
            entries_of_stream::<R>,
            |key, wait| {
                read_as(group, consumer, key, 8)
                    .counted(options.count)
                    .held(wait)
                    .arg_if(options.no_ack, b"NOACK")
                    .arg(b"STREAMS")
                    .arg(key)
                    .arg(b">")
            },
        )
    }

    /// Entries after an identifier that this consumer has had but not acknowledged, oldest first: what it
    /// was working on when it stopped. Entries deleted since are told as such.
    ///
    /// Sends `XREADGROUP` with an identifier. O(returned).
    ///
    /// # Errors
    /// [`NoGroup`](crate::ErrorKind::NoGroup) when the group or the stream does not exist.
    pub fn read_pending(
        &self,
        group: &str,
        consumer: &str,
        after: StreamId,
        count: Option<u64>,
    ) -> Command<Vec<Entry<R>>, X> {
        self.command(Promise::Unsafe, entries_of_stream::<R>, |key, lifetime| {
            let args = read_as(group, consumer, key, 5)
                .counted(count)
                .arg(b"STREAMS")
                .arg(key)
                .id(after);
            Ok(lifetime.read(key, args))
        })
    }

    /// Acknowledges entries: they are pending no more. Returns how many were.
    ///
    /// Sends one `XACK`; nothing when no identifier is given. O(1) for each.
    pub fn xack<B: Borrow<StreamId>>(
        &self,
        group: &str,
        ids: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, _| {
            let ids: Vec<StreamId> = ids.into_iter().map(|id| *id.borrow()).collect();
            if ids.is_empty() {
                return Ok(Payload::Ready(Value::Int(0)));
            }
            let args = Args::on("XACK", key, 1 + 2 * ids.len());
            Ok(args.arg(group.as_bytes()).ids(&ids).into())
        })
    }
}

fn on_group(action: &str, key: &[u8], group: &str, more_args: usize) -> Args {
    let room = action.len() + key.len() + group.len() + 24;
    Args::new("XGROUP", 3 + more_args, room)
        .arg(action.as_bytes())
        .arg(key)
        .arg(group.as_bytes())
}

fn read_as(group: &str, consumer: &str, key: &[u8], more_args: usize) -> Args {
    let room = group.len() + consumer.len() + key.len() + 80;
    Args::new("XREADGROUP", 3 + more_args, room)
        .arg(b"GROUP")
        .arg(group.as_bytes())
        .arg(consumer.as_bytes())
}
