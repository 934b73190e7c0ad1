use std::future::Future;

use redis::Value;

use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::Key;
use crate::load::{LoadError, Whole, get_or_load};
use crate::record::Record;
use crate::slot::AtStore;
use crate::structure::Hash;
use crate::unavailable::Instead;
use crate::unit::silent;

use super::change::write_fields;
use super::{decoded, stored};

impl<K, R, X> Handle<K, X, Hash<R>>
where
    K: Key<Structure = Hash<R>>,
    R: Record,
    X: Context,
{
    /// The record; where there is none, what `load` loads, which is stored with the declared lifetimes. `None` when
    /// `load` finds nothing either: of that nothing is stored.
    ///
    /// Sends `HGETALL`, and after a load runs the script of [`create`](Handle::create). O(n) in the number of fields.
    ///
    /// One load at a time, what others store or delete meanwhile, a server that does not take the loaded record, and
    /// the ways without a server are as for strings: see `get_or_load` there. A record that is loaded without a single
    /// field is returned, but cannot be stored. Fields with `touch: on_write` are the server's to set: the caller has
    /// them as they were loaded.
    ///
    /// # Errors
    /// [`LoadError::Load`] is the loader's. [`LoadError::Store`] is what [`hgetall`](Handle::hgetall) fails with, and
    /// [`Encode`](crate::ErrorKind::Encode) for a loaded record that the schema refuses.
    #[doc(alias = "get_or_load")]
    pub async fn hgetall_or_load<'s, L, F, E>(&self, load: L) -> Result<Option<R>, LoadError<E>>
    where
        X: AtStore<'s>,
        L: FnOnce() -> F,
        F: Future<Output = Result<Option<R>, E>>,
    {
        get_or_load(self.context.store(), self, load).await
    }
}

impl<K, R, X> Whole for Handle<K, X, Hash<R>>
where
    K: Key<Structure = Hash<R>>,
    R: Record,
    X: Context,
{
    type Value = R;
    type Context = X;

    #[inline]
    fn read(&self) -> Command<Option<R>, X> {
        self.hgetall().instead(Instead::Fail)
    }

    fn fill(&self, record: &R) -> Command<(), X> {
        silent(self.create(record))
    }

    fn reply(&self, record: &R) -> Result<Value> {
        let args = Args::new("", 2 * R::FIELDS.len(), 0);
        // Those who wait care for no lifetimes.
        let written = write_fields(args, &[], |out| record.encode(out));
        let (args, _) = written.map_err(Self::refused)?;
        let words = args.into_cmd();
        let words = words.args().skip(1);
        Ok(Value::Array(
            words.map(|word| Value::BulkString(word.to_vec())).collect(),
        ))
    }

    fn decode(&self, reply: Value) -> Result<Option<R>> {
        decoded(stored(reply, K::spec())?, K::spec()).map(Some)
    }
}
