//! Looking at an entry: what there is to answer, if anything.

use std::marker::PhantomData;

use redis::Value;

use super::entry::Read;
use super::envelope::{Header, Kind};
use super::tags::{TagName, Tagged};
use crate::codec::Codec;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::observe;
use crate::reply;
use crate::store::Store;

/// What is known of the tags of entries.
pub(crate) trait Rule<K> {
    /// How many there are.
    const COUNT: usize;

    /// Whether this is a name of the tag at this place.
    fn is_tag(at: usize, name: TagName<'_>) -> bool;
}

/// There are none.
pub(crate) enum Untagged {}

impl<K> Rule<K> for Untagged {
    const COUNT: usize = 0;

    fn is_tag(_: usize, _: TagName<'_>) -> bool {
        false
    }
}

/// Those that the schema declares.
pub(crate) enum ByTags {}

impl<K: Tagged> Rule<K> for ByTags {
    const COUNT: usize = K::TAGS;

    fn is_tag(at: usize, name: TagName<'_>) -> bool {
        K::is_tag(at, name)
    }
}

/// An entry of a cache.
pub(crate) struct Entry<'h, K: Key, X, S, C, R> {
    pub(super) handle: &'h Handle<K, X, S>,
    codec: PhantomData<fn() -> (C, R)>,
}

/// What there is to answer.
pub(crate) enum Looked<V> {
    /// A value, or that there is nothing.
    Fresh(Option<V>),
    /// A value that is to be loaded anew, unless somebody does so already.
    Stale { value: V, loading: bool },
    /// Nothing to answer. An entry that begins with these bytes is of no use, if there are any.
    Missing(Vec<u8>),
}

impl<'h, K, X, S, C, R> Entry<'h, K, X, S, C, R>
where
    K: Key,
    X: Context,
    C: Codec,
    R: Rule<K>,
{
    pub(crate) const fn new(handle: &'h Handle<K, X, S>) -> Self {
        let codec = PhantomData;
        Self { handle, codec }
    }

    /// Reads the entry, and then the versions of its tags if it has any.
    pub(crate) async fn look(&self, store: &Store) -> Result<Looked<C::Value>> {
        let read = self.handle.read_entry().on(store).await?;
        match self.judge(store, read).await? {
            Some(looked) => Ok(looked),
            None => self.look_closer(store).await,
        }
    }

    /// What an entry says; `None` when its value cannot be read.
    pub(super) async fn judge(
        &self,
        store: &Store,
        read: Read,
    ) -> Result<Option<Looked<C::Value>>> {
        let Some(mut bytes) = read.bytes else {
            return Ok(Some(Looked::Missing(Vec::new())));
        };
        let Some(header) = Header::read(&bytes) else {
            observe::entry(K::spec().template, "corrupt");
            return Ok(Some(Looked::Missing(bytes)));
        };
        if header.kind == Kind::Loading {
            return Ok(Some(Looked::Missing(Vec::new())));
        }
        let length = header.len;
        if !self.is_valid(store, &header).await? {
            observe::entry(K::spec().template, "invalidated");
            bytes.truncate(length);
            return Ok(Some(Looked::Missing(bytes)));
        }
        let left = read.left.map(|left| u64::try_from(left).unwrap_or(0));
        let stale = left.is_some_and(|left| left <= header.stale);
        let loading =
            header.kind == Kind::Refreshing && left.is_some_and(|left| left > header.lease_ends);
        if header.kind == Kind::Nothing {
            return Ok(Some(Looked::Fresh(None)));
        }
        bytes.drain(..length);
        Ok(C::decode(bytes).ok().map(|value| match stale {
            true => Looked::Stale { value, loading },
            false => Looked::Fresh(Some(value)),
        }))
    }

    /// As [`look`](Self::look), where a value could not be read: it keeps the bytes, so that only they are written over.
    #[cold]
    async fn look_closer(&self, store: &Store) -> Result<Looked<C::Value>> {
        let read = self.handle.read_entry().on(store).await?;
        let bytes = read.bytes.clone().unwrap_or_default();
        Ok(match self.judge(store, read).await? {
            Some(looked) => looked,
            None => {
                observe::entry(K::spec().template, "corrupt");
                Looked::Missing(bytes)
            }
        })
    }

    /// Whether none of the tags was invalidated since the value was loaded.
    async fn is_valid(&self, store: &Store, header: &Header<'_>) -> Result<bool> {
        if header.count() != R::COUNT {
            return Ok(false);
        }
        if R::COUNT == 0 {
            return Ok(true);
        }
        let names: Vec<&[u8]> = header.tags().map(|tag| tag.name).collect();
        if !self.are_tags(&names)? {
            return Ok(false);
        }
        let now = self.handle.versions(names.into_iter()).on(store).await?;
        let then = header.tags().map(|tag| tag.version);
        Ok(now.len() == R::COUNT
            && then
                .zip(&now)
                .all(|(then, now)| now.as_deref() == Some(then)))
    }

    /// Whether the names are those that the schema and the settings would give.
    fn are_tags(&self, names: &[&[u8]]) -> Result<bool> {
        let settings = self.handle.context.settings::<K::Schema>()?;
        let mut names = names.iter().enumerate();
        Ok(names.all(|(at, name)| R::is_tag(at, TagName::new(&settings, name))))
    }
}

/// The value of an entry without tags, fresh or not. What cannot be read is not there.
pub(crate) fn value<C: Codec>(reply: Value, spec: &'static Spec) -> Result<Option<C::Value>> {
    let Some(mut bytes) = reply::optional_bytes(reply, spec)? else {
        return Ok(None);
    };
    let header = Header::read(&bytes);
    let held = header.filter(|header| {
        matches!(header.kind, Kind::Value | Kind::Refreshing) && header.count() == 0
    });
    let Some(Header { len, .. }) = held else {
        return Ok(None);
    };
    bytes.drain(..len);
    Ok(C::decode(bytes).ok())
}
