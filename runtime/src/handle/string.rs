//! One value under a key: text, JSON, MessagePack, bytes, numbers, enums.

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::reply;
use crate::structure::Str;

impl<K: Key<Structure = Str<C>>, C: Codec, X: Context> Handle<K, X, Str<C>> {
    /// The value; `None` when the key does not exist.
    ///
    /// Sends `GET` (`GETEX` with the lifetime when the schema says `on_read: refresh`). O(1).
    #[inline]
    pub fn get(&self) -> Command<Option<C::Value>, X> {
        self.command(reply::optional::<C>, |key, lifetime| Ok(lifetime.get(key)))
    }

    /// Stores the value with the declared lifetime.
    ///
    /// Sends `SET` with `EX`/`PX`; where a write keeps the remaining lifetime, `SET … KEEPTTL` and
    /// `EXPIRE … NX` in one transaction. O(1).
    #[inline]
    pub fn set(&self, value: &C::Ref) -> Command<(), X> {
        self.command(reply::unit, |key, lifetime| {
            C::encode(value, |bytes| lifetime.set(key, set(key, bytes), false))
                .map_err(Self::refused)
        })
    }

    /// Stores the value unless the key exists; tells whether it did.
    ///
    /// Sends `SET … NX` with the declared lifetime. O(1).
    #[doc(alias = "setnx")]
    pub fn set_nx(&self, value: &C::Ref) -> Command<bool, X> {
        self.command(reply::not_nil, |key, lifetime| {
            C::encode(value, |bytes| {
                lifetime.set(key, set(key, bytes).arg(b"NX"), true)
            })
            .map_err(Self::refused)
        })
    }

    /// Stores the value only if the key exists; tells whether it did.
    ///
    /// Sends `SET … XX` with the declared lifetime. O(1).
    pub fn set_xx(&self, value: &C::Ref) -> Command<bool, X> {
        self.command(reply::not_nil, |key, lifetime| {
            C::encode(value, |bytes| {
                lifetime.set(key, set(key, bytes).arg(b"XX"), false)
            })
            .map_err(Self::refused)
        })
    }
}

/// `SET key value` with room for the lifetime.
#[inline]
fn set(key: &[u8], value: &[u8]) -> Args {
    Args::sized("SET", key, 5, value.len() + 24).arg(value)
}
