//! What a progress offers, and the key of its events.

use redis::Value;

use super::event::{Entry as Stored, Event};
use super::log::{Followed, Log, Told};
use super::rule::Progressing;
use super::script::{BEGIN, REPORT, SNAPSHOT, TOTALS};
use super::script::{call, events_key, is_item, item, number, reported, some_totals, totals};
use super::state::{Reported, Snapshot, Totals};
use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::handle::Handle;
use crate::handle::stream::{Entry, Follow, ReadOptions, StreamId, entries, follow_log};
use crate::key::{Key, Spec};
use crate::random;
use crate::reply;
use crate::retry::Promise;
use crate::slot::AtStore;
use crate::structure::{Progress, ProgressEvents};
use crate::unavailable::Instead;

impl<K, C, E, X> Handle<K, X, Progress<C, E>>
where
    K: Progressing + Key<Structure = Progress<C, E>>,
    C: Codec,
    E: Log,
    X: Context,
{
    /// Says which items there are, each at 0; returns the totals. Those that are there keep their numbers, so that it may be
    /// said again, and of further items.
    ///
    /// Runs a script that also sets the lifetime, of the events too. O(n) in the items given. Atomic. No event is written: an item is first
    /// followed when its number changes. Without items the job is begun all the same, and never complete.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) for an item whose name begins with `:`. Nothing is sent then.
    pub fn begin<B: AsValue<C::Ref>>(
        &self,
        items: impl IntoIterator<Item = B>,
    ) -> Command<Totals, X> {
        self.command(Promise::Idempotent, totals::<K>, |key, lifetime| {
            let args = items
                .into_iter()
                .try_fold(call::<K, E>(BEGIN, key, lifetime), |args, one| {
                    item::<C>(args, one.as_value())
                });
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Raises the number of an item; tells what it is now, the totals, and whether this very report completed all items.
    ///
    /// Runs a script that also writes the event and sets the lifetime, of the events too. O(1). Atomic. A number that is lower than what is
    /// there changes nothing and is no event, unless the schema says `allow_decrease: true`; then it is lowered. A report that is sent again
    /// after a lost reply changes nothing either and is told the same, a completion included; with `allow_decrease: true` it is not
    /// sent again.
    ///
    /// Without the server `on_unavailable: skip_write` lets it be [dropped](Reported::Dropped); otherwise it fails. A fail-over may lose the
    /// last reports: numbers go back by them, and a completion that was told may be told again.
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) for a number above the maximum, and for an item whose name begins with `:`. Nothing is sent then.
    pub fn report(&self, item: &C::Ref, value: u32) -> Command<Reported, X> {
        self.tell(item, value, Ok)
    }

    /// The number of an item; `None` where it is none of the job's.
    ///
    /// Sends `HGET`. O(1).
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) for an item whose name begins with `:`. Nothing is sent then.
    pub fn value(&self, item: &C::Ref) -> Command<Option<u32>, X> {
        self.command(Promise::Read, value::<K>, |key, _| {
            let args = self::item::<C>(Args::on("HGET", key, 1), item);
            Ok(args.map_err(Self::refused)?.into())
        })
        .instead(Instead::value(K::spec()))
    }

    /// All items together; `None` where the job was not begun, or is over.
    ///
    /// Runs a script around `HMGET` that writes nothing. O(1).
    pub fn totals(&self) -> Command<Option<Totals>, X> {
        self.command(Promise::Read, some_totals::<K>, |key, lifetime| {
            Ok(call::<K, E>(TOTALS, key, lifetime).into())
        })
        .instead(Instead::value(K::spec()))
    }

    /// Every item with its number, the totals, and the last event that is part of it: from there on it can be followed
    /// without a gap.
    ///
    /// Sends `HGETALL`, where reports are events in a script that writes nothing. O(n). Atomic. Empty where the job was not begun, or is over.
    pub fn snapshot(&self) -> Command<Snapshot<C::Value, E::At>, X> {
        self.command(Promise::Read, snapshot::<K, C, E>, |key, _| {
            Ok(match E::EVENTS {
                true => Args::eval_on(SNAPSHOT, &[key, &events_key(key)], 16),
                false => Args::on("HGETALL", key, 0),
            }
            .into())
        })
        .instead(Instead::fields(K::spec()))
    }

    /// Forgets every item, and the events: the job may begin anew.
    ///
    /// Sends `UNLINK` for both keys. O(1) for other clients.
    pub fn clear(&self) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, _| {
            let args = Args::on("UNLINK", key, 8);
            Ok(match E::EVENTS {
                true => args.arg(&events_key(key)),
                false => args,
            }
            .into())
        })
    }

    /// A report, and what it says besides.
    fn tell(
        &self,
        item: &C::Ref,
        value: u32,
        message: impl FnOnce(Args) -> std::result::Result<Args, crate::codec::Problem>,
    ) -> Command<Reported, X> {
        let promise = match K::PROGRESS.decreases() {
            true => Promise::Unsafe,
            false => Promise::Tokened,
        };
        let command = self.command(promise, reported::<K>, |key, lifetime| {
            if value > K::PROGRESS.max() {
                return Err(above::<K>());
            }
            let args = self::item::<C>(call::<K, E>(REPORT, key, lifetime), item);
            let flag = |on: bool| u64::from(on);
            let args = (args.map_err(Self::refused)?)
                .uint(value.into())
                .uint(flag(K::PROGRESS.takes_unknown()))
                .uint(flag(K::PROGRESS.decreases()))
                .arg(&random::bits());
            if !E::EVENTS {
                return Ok(args.into());
            }
            let (how, kept) = K::PROGRESS.trim();
            let args = message(args.arg(how).uint(kept));
            Ok(args.map_err(Self::refused)?.into())
        });
        command.instead(Instead::done(K::spec()))
    }
}

impl<K, C, M, X> Handle<K, X, Progress<C, Told<M>>>
where
    K: Progressing + Key<Structure = Progress<C, Told<M>>>,
    C: Codec,
    M: Codec,
    Told<M>: Log,
    X: Context,
{
    /// As `report`, with something to say besides. It is said by the event: a report that changes no number says nothing.
    ///
    /// Runs a script. O(1). Atomic.
    ///
    /// # Errors
    /// As [`report`](Self::report); [`Encode`](crate::ErrorKind::Encode) for a message that the schema refuses.
    pub fn report_with(&self, item: &C::Ref, value: u32, message: &M::Ref) -> Command<Reported, X> {
        self.tell(item, value, |mut args| {
            let cmd = args.cmd_mut();
            M::encode(message, |bytes| cmd.arg(bytes))?;
            Ok(args)
        })
    }
}

impl<K, C, E, X> Handle<K, X, Progress<C, E>>
where
    K: Progressing + Key<Structure = Progress<C, E>>,
    C: Codec<Value: AsValue<C::Ref> + Send + 'static> + 'static,
    E: Followed,
    X: Context,
{
    /// What is reported after a snapshot, as it comes: every change of a number, in order, none left out as long as the follower is no
    /// further behind than the schema keeps events.
    ///
    /// Sends `XREAD BLOCK 2500 COUNT 100` again and again over a connection of its own, as a stream's `follow` does. It never ends by itself:
    /// the event whose totals are complete is the last one of a job. When the key is over, or was cleared, nothing comes any more.
    pub fn follow<'s>(&self, from: StreamId) -> Follow<Event<C::Value, E::Message>>
    where
        X: AtStore<'s>,
    {
        self.follow_with(from, ReadOptions::new())
    }

    /// As `follow`, with another wait and number of events for one round trip.
    ///
    /// Sends `XREAD BLOCK`. O(returned).
    pub fn follow_with<'s>(
        &self,
        from: StreamId,
        options: ReadOptions,
    ) -> Follow<Event<C::Value, E::Message>>
    where
        X: AtStore<'s>,
    {
        let name = self.key().map(|key| events_key(&key));
        let store = self.context.store();
        follow_log::<Stored<C, E>>(store, K::spec(), name, from.into(), options).map(event)
    }
}

impl<K, C, E, X> Handle<K, X, ProgressEvents<C, E>>
where
    K: Key<Structure = ProgressEvents<C, E>>,
    C: Codec<Value: AsValue<C::Ref>>,
    E: Followed,
    X: Context,
{
    /// Number of events.
    ///
    /// Sends `XLEN`. O(1).
    #[doc(alias = "len")]
    pub fn xlen(&self) -> Command<u64, X> {
        self.bare(Promise::Read, reply::count, "XLEN")
    }

    /// The last events, newest first, at most `count`.
    ///
    /// Sends `XREVRANGE`. O(returned).
    #[doc(alias = "xrevrange")]
    #[allow(clippy::type_complexity)] // entries of what two codecs read
    pub fn recent(&self, count: u64) -> Command<Vec<Entry<Event<C::Value, E::Message>>>, X> {
        self.command(Promise::Read, events::<C, E>, |key, _| {
            let args = Args::on("XREVRANGE", key, 4).arg(b"+").arg(b"-");
            Ok(args.arg(b"COUNT").uint(count).into())
        })
    }
}

#[cold]
fn above<K: Progressing>() -> Error {
    let problem = format!("a number above {}", K::PROGRESS.max());
    Handle::<K>::refused(problem.into())
}

fn value<K: Progressing>(value: Value, spec: &'static Spec) -> Result<Option<u32>> {
    match reply::checked(value, spec)? {
        Value::Nil => Ok(None),
        value => Ok(Some(number(value, spec)?.min(K::PROGRESS.max()))),
    }
}

fn snapshot<K: Progressing, C: Codec, E: Log>(
    value: Value,
    spec: &'static Spec,
) -> Result<Snapshot<C::Value, E::At>> {
    let max = K::PROGRESS.max();
    let mut totals = Totals {
        max,
        ..Totals::default()
    };
    let (fields, at) = match E::EVENTS {
        true => with_event(value, spec)?,
        false => (value, StreamId::MIN),
    };
    let fields = reply::pairs(fields, spec)?;
    let mut items = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let name = reply::bytes(name, spec)?;
        if !is_item(&name) {
            continue;
        }
        let value = number(value, spec)?.min(max);
        totals.sum += u64::from(value);
        totals.items += 1;
        totals.done += u64::from(value == max);
        items.push((reply::decode::<C>(name, spec)?, value));
    }
    Ok(Snapshot {
        items,
        totals,
        at: E::at(at),
    })
}

/// The fields, and the last event; neither where nobody was asked.
fn with_event(value: Value, spec: &'static Spec) -> Result<(Value, StreamId)> {
    let mut parts = reply::list(value, spec)?.into_iter();
    let (Some(fields), Some(id)) = (parts.next(), parts.next()) else {
        return Ok((Value::Nil, StreamId::MIN));
    };
    let id = reply::text(id, spec)?.parse();
    Ok((fields, id.map_err(|_| reply::unexpected(spec))?))
}

fn event<C: Codec, E: Log>(stored: Stored<C, E>) -> Event<C::Value, E::Message> {
    stored.event
}

#[allow(clippy::type_complexity)] // entries of what two codecs read
fn events<C, E>(
    value: Value,
    spec: &'static Spec,
) -> Result<Vec<Entry<Event<C::Value, E::Message>>>>
where
    C: Codec<Value: AsValue<C::Ref>>,
    E: Log,
{
    let entries = entries::<Stored<C, E>>(value, spec)?.into_iter();
    Ok(entries.map(|entry| entry.map(event)).collect())
}
