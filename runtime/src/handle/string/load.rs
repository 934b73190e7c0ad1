use std::future::Future;

use redis::Value;

use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::Key;
use crate::load::{LoadError, Whole, get_or_load};
use crate::reply;
use crate::slot::AtStore;
use crate::structure::Str;
use crate::unavailable::Instead;
use crate::unit::silent;

impl<K, C, X> Handle<K, X, Str<C>>
where
    K: Key<Structure = Str<C>>,
    C: Codec<Value: AsValue<C::Ref>>,
    X: Context,
{
    /// The value; where there is none, what `load` loads, which is stored with the declared lifetime. `None` when
    /// `load` finds nothing either: of that nothing is stored.
    ///
    /// Sends `GET` (`GETEX` with the lifetime when the schema says `on_read: refresh`), and after a load `SET … NX`.
    /// O(1).
    ///
    /// **One load at a time.** Callers of one store (its clones included) that find nothing under a key wait for the
    /// one that loads it, and read what it has loaded from the same bytes. Its error is its own: where it fails,
    /// panics or is dropped, the next in line calls its own loader. A load goes on only while its caller is polled,
    /// and must not ask for its own key: that would wait for itself. Other processes load for themselves.
    ///
    /// **What is stored meanwhile stays** (`NX`), and the caller has what it loaded. A *deletion* during a load is
    /// not seen: what was loaded before is stored after it, and stays until it expires. Delete the key after its
    /// origin has changed, and bound by the lifetime how long an older value may be seen.
    ///
    /// **A server that does not take the loaded value** (out of memory, read-only, gone since) does not cost the
    /// caller that value: it is returned, and counted as [`unstored`](crate::Degraded::unstored).
    ///
    /// A replica that is behind (`replica_ok: true`) may say that there is nothing where there is; that costs a load, and
    /// what is there stays.
    ///
    /// **Without the server** `on_unavailable:` decides: by `error` the call fails; by `load`, and by `absent` as after
    /// any read that finds nothing, the loader is called and nothing is stored; by `default` the default is the value,
    /// and nothing is loaded. With an open circuit breaker that adds microseconds to the load.
    ///
    /// ```no_run
    /// # use redis_schema::{Handle, Key, LoadError, Store, codec::Text, structure::Str};
    /// # async fn example<K: Key<Structure = Str<Text<String>>>>(
    /// #     summary: Handle<K, &Store>, path: std::path::PathBuf,
    /// # ) -> Result<(), LoadError<std::io::Error>> {
    /// let text = summary
    ///     .get_or_load(async || match std::fs::read_to_string(&path) {
    ///         Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
    ///         found => found.map(Some),
    ///     })
    ///     .await?;
    /// # drop(text); Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`LoadError::Load`] is the loader's. [`LoadError::Store`] is what a read fails with:
    /// [`Corrupt`](crate::ErrorKind::Corrupt) and [`WrongType`](crate::ErrorKind::WrongType) too, because something
    /// else writes the key and loading would hide it; and [`Encode`](crate::ErrorKind::Encode) for a loaded value that
    /// the schema refuses.
    pub async fn get_or_load<'s, L, F, E>(&self, load: L) -> Result<Option<C::Value>, LoadError<E>>
    where
        X: AtStore<'s>,
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        get_or_load(self.context.store(), self, load).await
    }
}

impl<K, C, X> Whole for Handle<K, X, Str<C>>
where
    K: Key<Structure = Str<C>>,
    C: Codec<Value: AsValue<C::Ref>>,
    X: Context,
{
    type Value = C::Value;
    type Context = X;

    #[inline]
    fn read(&self) -> Command<Option<C::Value>, X> {
        self.get().instead(Instead::Fail)
    }

    fn fill(&self, value: &C::Value) -> Command<(), X> {
        silent(self.set_nx(value.as_value()))
    }

    fn reply(&self, value: &C::Value) -> Result<Value> {
        Self::as_reply::<C>(value.as_value())
    }

    fn decode(&self, reply: Value) -> Result<Option<C::Value>> {
        reply::optional::<C>(reply, K::spec())
    }
}
