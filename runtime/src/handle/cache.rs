//! A value that is loaded where it is missing.

use std::future::Future;

use crate::cache::{ByTags, Entry, Looked, OwnTag, TagNames, Tagged, TaggedByKey, Untagged};
use crate::cache::{get_or_load, value};
use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::Key;
use crate::load::LoadError;
use crate::reply;
use crate::retry::Promise;
use crate::slot::AtStore;
use crate::structure::{Cache, CacheTag, TaggedCache};
use crate::unavailable::Instead;

impl<K: Key<Structure = Cache<C>>, C: Codec, X: Context> Handle<K, X, Cache<C>> {
    /// The value, fresh or not; `None` when there is none, when it is remembered that there is nothing, and when what is there
    /// cannot be read.
    ///
    /// Sends `GET`. O(1). What it answers was loaded no longer ago than the key's `ttl:` (with its jitter) and `stale:`
    /// together.
    #[inline]
    pub fn get(&self) -> Command<Option<C::Value>, X> {
        self.command(Promise::Read, value::<C>, |key, _| {
            Ok(Args::on("GET", key, 0).into())
        })
        .instead(Instead::value(K::spec()))
    }

    /// Stores a value that is right now, in place of what is there.
    ///
    /// Sends `SET … PX` with the declared lifetime and `stale:`. O(1). A load that is under way is not stored any more.
    pub fn put(&self, value: &C::Ref) -> Command<(), X> {
        let entry = Entry::<K, X, Cache<C>, C, Untagged>::new(self);
        self.put_entry(entry.write(Some(value), &[]))
            .instead(Instead::done(K::spec()))
    }

    /// Forgets the value, and what is being loaded.
    ///
    /// Sends `UNLINK`. O(1). Once it has returned, no call that begins later answers what was loaded before: neither what was
    /// stored, nor what is stored by a load that is still under way. That holds on one primary; a fail-over that loses the
    /// deletion brings the value back until it expires.
    pub fn invalidate(&self) -> Command<(), X> {
        self.forget()
    }
}

impl<K, C, X> Handle<K, X, Cache<C>>
where
    K: Key<Structure = Cache<C>>,
    C: Codec<Value: AsValue<C::Ref>>,
    X: Context,
{
    /// The value; where there is none, what `load` loads, which is stored with the declared lifetime. `None` when `load` finds
    /// nothing, which is remembered for as long as `negative:` says.
    ///
    /// Sends `GET` (with `stale:` a script around `GET` and `PTTL`), and around a load two scripts. O(1).
    ///
    /// **One load at a time.** Callers of one store (its clones included) wait for the one that loads; other processes wait for
    /// as long as `load_lease:` says, ask again every few milliseconds, and then one of them takes over. A load goes on only
    /// while its caller is polled. Its error is its own: where it fails, the next in line calls its own loader.
    ///
    /// **What is no longer fresh** is answered during `stale:`, while one caller loads it anew: that one waits for its load. Where
    /// its loader fails, others are answered what is there, and nobody tries again before the lease ends.
    ///
    /// **What is invalidated during a load** is not stored after it. The caller has what it loaded, and whoever comes later
    /// loads for itself.
    ///
    /// **Bytes that cannot be read** are nothing, and are written over unless somebody else was faster.
    ///
    /// **Without the server** `on_unavailable:` decides: by `error` the call fails; by `load`, and by `absent`, the loader is
    /// called, once for all who wait in this process, and nothing is stored. A server that takes no writes costs nobody a
    /// loaded value: it is returned, and counted as [`unstored`](crate::Degraded::unstored).
    ///
    /// # Errors
    /// [`LoadError::Load`] is the loader's. [`LoadError::Store`] is what a read fails with, or
    /// [`Encode`](crate::ErrorKind::Encode) for a loaded value that the schema refuses.
    pub async fn get_or_load<'s, L, F, E>(&self, load: L) -> Result<Option<C::Value>, LoadError<E>>
    where
        X: AtStore<'s>,
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        let entry = Entry::<K, X, Cache<C>, C, Untagged>::new(self);
        let none = || Ok(Vec::new());
        get_or_load(self.context.store(), entry, none, load).await
    }
}

impl<K, C, X> Handle<K, X, TaggedCache<C>>
where
    K: Tagged + Key<Structure = TaggedCache<C>>,
    C: Codec<Value: AsValue<C::Ref>>,
    X: Context,
{
    /// The value, if none of its tags was invalidated, fresh or not; `None` when there is none.
    ///
    /// Sends `GET` (with `stale:` a script around `GET` and `PTTL`), and where there is an entry `MGET` for the versions of its
    /// tags: two round trips. O(1).
    ///
    /// # Errors
    /// As every read of a store.
    pub async fn get<'s>(&self) -> Result<Option<C::Value>>
    where
        X: AtStore<'s>,
    {
        let store = self.context.store();
        let entry = Entry::<K, X, TaggedCache<C>, C, ByTags>::new(self);
        match entry.look(store).await {
            Ok(Looked::Fresh(value)) => Ok(value),
            Ok(Looked::Stale { value, .. }) => Ok(Some(value)),
            Ok(Looked::Missing(_)) => Ok(None),
            Err(error) => {
                let (spec, instead) = (K::spec(), Instead::value(K::spec()));
                store.answer_instead(error, spec, instead, value::<C>)
            }
        }
    }

    /// Stores a value that is right now, under the tags that the key tells.
    ///
    /// Runs a script for each tag around `GET`, and then sends `SET … PX`: two round trips. O(1). What is invalidated after the
    /// call has begun may be stored as if it were of afterwards: what is put is said to be right now. What is loaded by
    /// `get_or_load` is not.
    ///
    /// # Errors
    /// As every write of a store.
    pub async fn put<'s>(&self, value: &C::Ref) -> Result<()>
    where
        K: TaggedByKey,
        X: AtStore<'s>,
    {
        self.put_tagged(value, ()).await
    }

    /// As `put`, with what the tags carry that the key does not.
    ///
    /// Runs a script for each tag around `GET`, and then sends `SET … PX`: two round trips. O(1).
    ///
    /// # Errors
    /// As every write of a store.
    pub async fn put_tagged<'s>(&self, value: &C::Ref, given: K::Given<'_>) -> Result<()>
    where
        X: AtStore<'s>,
    {
        let store = self.context.store();
        let entry = Entry::<K, X, TaggedCache<C>, C, ByTags>::new(self);
        let done = entry.put(store, value, self.names(&given)?).await;
        done.or_else(|error| {
            let (spec, instead) = (K::spec(), Instead::done(K::spec()));
            store.answer_instead(error, spec, instead, reply::unit)
        })
    }

    /// Forgets the value, and what is being loaded.
    ///
    /// Sends `UNLINK`. O(1). What is invalidated by a tag needs no more than that tag.
    pub fn invalidate(&self) -> Command<(), X> {
        self.forget()
    }

    /// The value; where there is none, or one of its tags was invalidated, what `load` loads, which is stored under the tags
    /// that the key tells.
    ///
    /// Sends `GET` (with `stale:` a script around `GET` and `PTTL`) and `MGET` for the versions of the tags; around a load two
    /// scripts, and one for each tag. O(1). What holds for a cache without tags holds here. The versions are taken
    /// before the load, so that a tag that is invalidated while it lasts is not lost; nor is one that the server has evicted
    /// or that was lost in a fail-over, which costs a load.
    ///
    /// # Errors
    /// As for a cache without tags.
    pub async fn get_or_load<'s, L, F, E>(&self, load: L) -> Result<Option<C::Value>, LoadError<E>>
    where
        K: TaggedByKey,
        X: AtStore<'s>,
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        self.get_or_load_tagged((), load).await
    }

    /// As `get_or_load`, with what the tags carry that the key does not.
    ///
    /// Sends `GET` (with `stale:` a script around `GET` and `PTTL`) and `MGET` for the versions of the tags; around a load two
    /// scripts, and one for each tag. O(1).
    ///
    /// # Errors
    /// As for a cache without tags.
    pub async fn get_or_load_tagged<'s, L, F, E>(
        &self,
        given: K::Given<'_>,
        load: L,
    ) -> Result<Option<C::Value>, LoadError<E>>
    where
        X: AtStore<'s>,
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        let entry = Entry::<K, X, TaggedCache<C>, C, ByTags>::new(self);
        let names = || self.names(&given);
        get_or_load(self.context.store(), entry, names, load).await
    }
}

impl<K: Tagged, X: Context, S> Handle<K, X, S> {
    /// The tags of the entry.
    fn names(&self, given: &K::Given<'_>) -> Result<Vec<OwnTag>> {
        let settings = self.context.settings::<K::Schema>()?;
        let mut names = TagNames::new(&settings);
        self.key.tags(given, &mut names)?;
        Ok(names.into_names())
    }
}

impl<K: Key<Structure = CacheTag>, X: Context> Handle<K, X, CacheTag> {
    /// Forgets every entry that has the tag, however many there are, and what is being loaded under it.
    ///
    /// Sends `UNLINK`. O(1). Once it has returned, no call that begins later answers what was loaded before; entries go when
    /// they expire or are asked for. It fails rather than being dropped without the server. A fail-over that loses the
    /// deletion brings the entries back until they expire.
    pub fn invalidate(&self) -> Command<(), X> {
        self.forget()
    }
}
