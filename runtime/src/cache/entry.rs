//! The single steps: each is one command, and says what running it twice does.

use redis::Value;

use super::envelope::{Token, placeholder};
use super::scripts::{CAPTURE, CLAIM, FILL, READ, RELEASE};
use super::tags::OwnTag;
use super::token::version_end;
use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;

/// What a read has found.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// The entry.
    pub(crate) bytes: Option<Vec<u8>>,
    /// Milliseconds until it expires, where that was asked.
    pub(crate) left: Option<i64>,
}

/// Whose turn it is to load.
#[derive(Debug)]
pub(crate) enum Claimed {
    /// Who asks is to load.
    Mine,
    /// There is an entry that need not be loaded.
    Entry(Vec<u8>),
    /// Somebody else loads for so many milliseconds at most.
    Busy(u64),
}

impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// Reads the entry; how long it lives too where an entry may be stale.
    #[inline]
    pub(crate) fn read_entry(&self) -> Command<Read, X> {
        self.command(Promise::Read, read, |key, _| {
            Ok(match K::spec().cache.stale_millis() {
                0 => Args::on("GET", key, 0).into(),
                _ => Args::eval(READ, key).into(),
            })
        })
    }

    /// Asks for the load. An entry that begins with `useless` is written over.
    pub(crate) fn claim_load(&self, token: &Token, useless: &[u8]) -> Command<Claimed, X> {
        self.command(Promise::Tokened, claimed, |key, _| {
            Ok(Args::eval_on(CLAIM, &[key], 96 + useless.len())
                .arg(token)
                .uint(K::spec().cache.lease_millis())
                .arg(&placeholder(token))
                .arg(useless)
                .into())
        })
    }

    /// Stores an entry if the load is still that of `token`; tells whether it is stored.
    pub(crate) fn fill_entry(&self, token: &Token, entry: &[u8], there: bool) -> Command<bool, X> {
        let policy = &K::spec().cache;
        self.command(Promise::Tokened, reply::flag, |key, lifetime| {
            let millis = match there {
                true => lifetime.entry(policy.stale_millis()),
                false => lifetime.nothing(policy.negative_millis()),
            };
            Ok(Args::eval_on(FILL, &[key], 48 + entry.len())
                .arg(token)
                .arg(entry)
                .uint(millis)
                .into())
        })
    }

    /// Gives the load of `token` up. What is `failed` may be there still, for others to answer.
    pub(crate) fn release_load(&self, token: &Token, failed: bool) -> Command<(), X> {
        self.command(Promise::Tokened, reply::unit, |key, _| {
            Ok(Args::eval(RELEASE, key)
                .arg(token)
                .uint(failed.into())
                .into())
        })
    }

    /// Stores an entry whatever is there.
    pub(crate) fn put_entry(&self, entry: Result<Vec<u8>>) -> Command<(), X> {
        let stale = K::spec().cache.stale_millis();
        self.command(Promise::Idempotent, reply::unit, |key, lifetime| {
            let entry = entry?;
            let command = Args::sized("SET", key, 3, entry.len() + 24).arg(&entry);
            Ok(lifetime.put(command, stale))
        })
    }

    /// Forgets the entry, or the version of a tag.
    pub(crate) fn forget(&self) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, _| {
            Ok(Args::on("UNLINK", key, 0).into())
        })
    }

    /// The versions of tags; none of a tag that was invalidated.
    pub(crate) fn versions<'n>(
        &self,
        names: impl ExactSizeIterator<Item = &'n [u8]>,
    ) -> Command<Vec<Option<Vec<u8>>>, X> {
        self.command(Promise::Read, optionals, |_, _| {
            let args = Args::new("MGET", names.len(), 64 * names.len());
            Ok(names.fold(args, Args::arg).into())
        })
    }

    /// The versions of tags, made where there are none.
    pub(crate) fn capture(&self, tags: &[OwnTag]) -> Command<Vec<Vec<u8>>, X> {
        let policy = &K::spec().cache;
        self.command(Promise::Tokened, versions, |_, lifetime| {
            let one = |tag: &OwnTag| {
                let (stale, lease) = (policy.stale_millis(), policy.lease_millis());
                let millis = lifetime.tag(tag.millis, stale, lease);
                Args::eval_on(CAPTURE, &[&tag.name], 40)
                    .arg(version_end().as_bytes())
                    .uint(millis)
                    .into_cmd()
            };
            Ok(match tags {
                [tag] => Payload::One(one(tag)),
                tags => Payload::atomic_each(tags.iter().map(one).collect()),
            })
        })
    }
}

fn read(value: Value, spec: &'static Spec) -> Result<Read> {
    let items = match reply::checked(value, spec)? {
        Value::Array(items) => items,
        other => {
            let bytes = reply::optional_bytes(other, spec)?;
            return Ok(Read { bytes, left: None });
        }
    };
    let [left, bytes] = <[Value; 2]>::try_from(items).map_err(|_| reply::unexpected(spec))?;
    Ok(Read {
        left: Some(reply::int(left, spec)?),
        bytes: reply::optional_bytes(bytes, spec)?,
    })
}

fn claimed(value: Value, spec: &'static Spec) -> Result<Claimed> {
    let mut items = reply::list(value, spec)?.into_iter();
    let mut next = || items.next().ok_or_else(|| reply::unexpected(spec));
    match reply::int(next()?, spec)? {
        1 => Ok(Claimed::Mine),
        0 => Ok(Claimed::Entry(reply::bytes(next()?, spec)?)),
        _ => Ok(Claimed::Busy(reply::count(next()?, spec)?)),
    }
}

fn optionals(value: Value, spec: &'static Spec) -> Result<Vec<Option<Vec<u8>>>> {
    let items = reply::list(value, spec)?.into_iter();
    items
        .map(|item| reply::optional_bytes(item, spec))
        .collect()
}

/// One version, or a list of them.
fn versions(value: Value, spec: &'static Spec) -> Result<Vec<Vec<u8>>> {
    let version = |value| {
        let version = reply::bytes(value, spec)?;
        match version.len() {
            1..=255 => Ok(version),
            _ => Err(crate::Error::corrupt(
                spec.template,
                "a tag that holds no version",
            )),
        }
    };
    match reply::checked(value, spec)? {
        Value::Array(items) => items.into_iter().map(version).collect(),
        one => Ok(vec![version(one)?]),
    }
}
