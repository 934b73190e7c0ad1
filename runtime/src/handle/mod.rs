//! Handles: a key with its policy. What a handle offers depends on the structure under the key.

mod any;
pub mod bitmap;
mod bounds;
mod cache;
mod counter;
mod elements;
mod expiry;
mod field_expiry;
pub mod geo;
mod hash;
mod hash_map;
mod hyperloglog;
mod json_document;
mod list;
mod moving;
pub(crate) mod operands;
pub mod rate_limit;
mod set;
mod set_algebra;
pub mod stream;
mod string;
mod values;
pub mod zset;

pub use any::KeyType;
pub(crate) use expiry::millis;
pub use expiry::{ExpireOption, Expiry, Ttl};
pub use field_expiry::FieldTtlChange;
pub use hash::{Assignments, Edits, Fields};
pub use list::{ListEnd, ListOrder, Ordered, PositionOptions, ProcessedIn};
pub use operands::{OperandList, Operands};
pub use string::{Pieces, SetOptions};

use std::marker::PhantomData;

use redis::Value;

use crate::cmd::Wait;
use crate::codec::{Codec, Problem};
use crate::command::{Built, Command};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Key, KeyBuf, write};
use crate::lifetime::Lifetime;
use crate::payload::Payload;
use crate::reply::Decode;
use crate::retry::Promise;
use crate::settings::Schema;
use crate::unavailable::Instead;

/// One key with its policy.
///
/// It holds the parameters and, when it comes from a store, a reference to that store; no connection, and
/// nothing is allocated to make one. Every method builds a [`Command`].
pub struct Handle<K: Key, X = (), S = <K as Key>::Structure> {
    pub(crate) key: K,
    pub(crate) context: X,
    structure: PhantomData<S>,
}

impl<K: Key> Handle<K> {
    /// A handle without a store: its commands run on redis-rs connections and in batches.
    pub const fn new(key: K) -> Self {
        Self::with(key, ())
    }
}

impl<K: Key, X> Handle<K, X> {
    /// A handle in a context: nothing, or a store.
    #[doc(hidden)]
    pub const fn with(key: K, context: X) -> Self {
        Self {
            key,
            context,
            structure: PhantomData,
        }
    }
}

impl<K: Key + Clone, X: Clone, S> Clone for Handle<K, X, S> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            context: self.context.clone(),
            structure: PhantomData,
        }
    }
}

impl<K: Key + Copy, X: Copy, S> Copy for Handle<K, X, S> {}

impl<K: Key, X, S> std::fmt::Debug for Handle<K, X, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Handle({})", K::spec().template)
    }
}

impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// Builds a command from the key's name and its lifetime under the context's settings.
    #[inline]
    pub(crate) fn command<R>(
        &self,
        promise: Promise,
        decode: Decode<R>,
        payload: impl FnOnce(&[u8], &Lifetime) -> Result<Payload>,
    ) -> Command<R, X> {
        Command {
            built: self.build(promise, payload),
            decode,
            context: self.context,
        }
    }

    /// As [`command`](Self::command), for one that waits on the server.
    pub(crate) fn waiting<R>(
        &self,
        promise: Promise,
        wait: Wait,
        decode: Decode<R>,
        payload: impl FnOnce(&[u8], &Lifetime) -> Result<Payload>,
    ) -> Command<R, X> {
        self.command(promise, decode, payload).blocking(wait)
    }

    #[inline(always)]
    fn build(
        &self,
        promise: Promise,
        payload: impl FnOnce(&[u8], &Lifetime) -> Result<Payload>,
    ) -> Result<Built> {
        let settings = self.context.settings::<K::Schema>()?;
        let spec = K::spec();
        let mut key = KeyBuf::new();
        write(&self.key, settings.prefix_of(spec), &mut key)?;
        let lifetime = settings.lifetime_of(spec);
        Ok(Built {
            promise: promise.under(&lifetime),
            payload: payload(key.as_bytes(), &lifetime)?,
            spec,
            settings: settings.id(),
            instead: Instead::Fail,
            clustered: K::Schema::SERVER.clustered,
            block: None,
        })
    }

    /// A value as the server would reply it.
    pub(crate) fn as_reply<C: Codec>(value: &C::Ref) -> Result<Value> {
        let bytes = C::encode(value, <[u8]>::to_vec).map_err(Self::refused)?;
        Ok(Value::BulkString(bytes))
    }

    /// The error for a value that cannot be written.
    #[cold]
    pub(crate) fn refused(problem: Problem) -> Error {
        Error::new(ErrorKind::Encode, K::spec().template, problem)
    }
}
