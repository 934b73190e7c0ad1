//! One value under a key: text, JSON, MessagePack, bytes, numbers, enums.

mod compare;
mod load;
mod options;
mod pieces;

pub use options::SetOptions;
pub use pieces::Pieces;

use std::time::Duration;

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::expiry::millis;
use crate::key::{Extendable, Key};
use crate::reply;
use crate::retry::Promise;
use crate::structure::Str;
use crate::unavailable::Instead;

impl<K: Key<Structure = Str<C>>, C: Codec, X: Context> Handle<K, X, Str<C>> {
    /// The value; `None` when the key does not exist.
    ///
    /// Sends `GET` (`GETEX` with the lifetime when the schema says `on_read: refresh`). O(1).
    #[inline]
    pub fn get(&self) -> Command<Option<C::Value>, X> {
        self.command(Promise::MayRenew, reply::optional::<C>, |key, lifetime| {
            Ok(lifetime.get(key))
        })
        .instead(Instead::value(K::spec()))
    }

    /// Stores the value with the declared lifetime.
    ///
    /// Sends `SET` with `EX`/`PX`; where a write keeps the remaining lifetime, `SET … KEEPTTL` and
    /// `EXPIRE … NX` in one transaction. O(1).
    #[inline]
    pub fn set(&self, value: &C::Ref) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, lifetime| {
            C::encode(value, |bytes| lifetime.set(key, set(key, bytes), false))
                .map_err(Self::refused)
        })
        .instead(Instead::done(K::spec()))
    }

    /// Stores the value unless the key exists; tells whether it did. A key that exists keeps its lifetime.
    ///
    /// Sends `SET … NX` with the declared lifetime. O(1).
    #[doc(alias = "setnx")]
    pub fn set_nx(&self, value: &C::Ref) -> Command<bool, X> {
        self.set_with(value, SetOptions::new().nx())
    }

    /// Stores the value only if the key exists; tells whether it did.
    ///
    /// Sends `SET … XX` with the declared lifetime. O(1).
    pub fn set_xx(&self, value: &C::Ref) -> Command<bool, X> {
        self.set_with(value, SetOptions::new().xx())
    }

    /// Stores the value with the declared lifetime and returns the one that was there.
    ///
    /// Sends `SET … GET`. O(1).
    #[doc(alias = "getset")]
    #[doc(alias = "swap")]
    pub fn set_get(&self, value: &C::Ref) -> Command<Option<C::Value>, X> {
        self.set_get_with(value, SetOptions::new())
    }

    /// Returns the value and deletes the key; `None` when it did not exist.
    ///
    /// Sends `GETDEL`. O(1).
    #[doc(alias = "getdel")]
    #[doc(alias = "take")]
    pub fn get_del(&self) -> Command<Option<C::Value>, X> {
        self.bare(Promise::Unsafe, reply::optional::<C>, "GETDEL")
    }

    /// Length of the value at rest in bytes; 0 when the key does not exist.
    ///
    /// Sends `STRLEN`. O(1).
    #[doc(alias = "len")]
    pub fn strlen(&self) -> Command<u64, X> {
        self.bare(Promise::Read, reply::count, "STRLEN")
    }
}

impl<K: Key<Structure = Str<C>>, C: Codec, X: Context> Handle<K, X, Str<C>> {
    /// The value, its declared lifetime started anew; `None` when the key does not exist.
    ///
    /// Sends `GETEX` with `EX`/`PX`; `GET` where keys never expire. O(1).
    #[doc(alias = "getex")]
    pub fn get_ex(&self) -> Command<Option<C::Value>, X>
    where
        K: Extendable,
    {
        self.command(Promise::Renews, reply::optional::<C>, |key, lifetime| {
            Ok(lifetime.get_anew(key))
        })
        .instead(Instead::value(K::spec()))
    }

    /// Stores the value with another lifetime than the declared one, in whole milliseconds and at least one.
    ///
    /// Sends `SET … PX`. O(1).
    #[doc(alias = "setex")]
    #[doc(alias = "pset_ex")]
    #[doc(alias = "psetex")]
    pub fn set_ex(&self, value: &C::Ref, lifetime: Duration) -> Command<(), X>
    where
        K: Extendable,
    {
        self.command(Promise::Idempotent, reply::unit, |key, _| {
            let args = C::encode(value, |bytes| set(key, bytes)).map_err(Self::refused)?;
            Ok(args.arg(b"PX").uint(millis(lifetime).max(1)).into())
        })
        .instead(Instead::done(K::spec()))
    }
}

/// `SET key value` with room for the lifetime.
#[inline]
fn set(key: &[u8], value: &[u8]) -> Args {
    Args::sized("SET", key, 5, value.len() + 24).arg(value)
}
