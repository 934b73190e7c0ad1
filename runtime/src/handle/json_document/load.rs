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
use crate::structure::JsonDocument;
use crate::unavailable::Instead;
use crate::unit::silent;

impl<K, C, X> Handle<K, X, JsonDocument<C>>
where
    K: Key<Structure = JsonDocument<C>>,
    C: Codec<Value: AsValue<C::Ref>>,
    X: Context,
{
    /// The whole document; where there is none, what `load` loads, which is stored with the declared lifetime. `None`
    /// when `load` finds nothing either: of that nothing is stored.
    ///
    /// Sends `JSON.GET`, and after a load `JSON.SET … NX` with the lifetime in the same transaction. O(n) in the size of
    /// the document.
    ///
    /// One load at a time, what others store or delete meanwhile, a server that does not take the loaded document, and
    /// the ways without a server are as for strings: see `get_or_load` there.
    ///
    /// # Errors
    /// [`LoadError::Load`] is the loader's. [`LoadError::Store`] is what [`json_get`](Handle::json_get) fails with, and
    /// [`Encode`](crate::ErrorKind::Encode) for a loaded document that the schema refuses.
    #[doc(alias = "get_or_load")]
    pub async fn json_get_or_load<'s, L, F, E>(
        &self,
        load: L,
    ) -> Result<Option<C::Value>, LoadError<E>>
    where
        X: AtStore<'s>,
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<C::Value>, E>>,
    {
        get_or_load(self.context.store(), self, load).await
    }
}

impl<K, C, X> Whole for Handle<K, X, JsonDocument<C>>
where
    K: Key<Structure = JsonDocument<C>>,
    C: Codec<Value: AsValue<C::Ref>>,
    X: Context,
{
    type Value = C::Value;
    type Context = X;

    fn read(&self) -> Command<Option<C::Value>, X> {
        self.json_get().instead(Instead::Fail)
    }

    fn fill(&self, document: &C::Value) -> Command<(), X> {
        silent(self.json_set_nx(document.as_value()))
    }

    fn reply(&self, document: &C::Value) -> Result<Value> {
        Self::as_reply::<C>(document.as_value())
    }

    fn decode(&self, reply: Value) -> Result<Option<C::Value>> {
        reply::optional::<C>(reply, K::spec())
    }
}
