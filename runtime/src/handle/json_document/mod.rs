//! Documents of the server's own JSON type.

mod load;

use crate::cmd::Args;
use crate::codec::{Codec, Problem};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::structure::JsonDocument;
use crate::unavailable::Instead;

impl<K: Key<Structure = JsonDocument<C>>, C: Codec, X: Context> Handle<K, X, JsonDocument<C>> {
    /// The whole document; `None` when the key does not exist.
    ///
    /// Sends `JSON.GET`. O(n) in the size of the document.
    #[doc(alias = "get")]
    pub fn json_get(&self) -> Command<Option<C::Value>, X> {
        self.command(Promise::MayRenew, reply::optional::<C>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("JSON.GET", key, 0)))
        })
        .instead(Instead::value(K::spec()))
    }

    /// Stores the whole document.
    ///
    /// Sends `JSON.SET` and sets the lifetime in the same transaction. O(n) in the size of the document.
    #[doc(alias = "set")]
    pub fn json_set(&self, document: &C::Ref) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, lifetime| {
            let args = whole::<C>(key, document).map_err(Self::refused)?;
            Ok(lifetime.write(key, args))
        })
        .instead(Instead::done(K::spec()))
    }

    /// Stores the whole document unless the key exists; tells whether it did.
    ///
    /// Sends `JSON.SET … NX` and gives a new key its lifetime in the same transaction. O(n) in the size of
    /// the document.
    pub fn json_set_nx(&self, document: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::not_nil, |key, lifetime| {
            let args = whole::<C>(key, document).map_err(Self::refused)?;
            Ok(lifetime.create(key, args.arg(b"NX")))
        })
    }

    /// Stores the whole document only if the key exists; tells whether it did.
    ///
    /// Sends `JSON.SET … XX` and sets the lifetime in the same transaction. O(n) in the size of the document.
    pub fn json_set_xx(&self, document: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Idempotent, reply::not_nil, |key, lifetime| {
            let args = whole::<C>(key, document).map_err(Self::refused)?;
            Ok(lifetime.write(key, args.arg(b"XX")))
        })
    }
}

/// `JSON.SET key $ document`.
fn whole<C: Codec>(key: &[u8], document: &C::Ref) -> Result<Args, Problem> {
    C::encode(document, |text| {
        Args::sized("JSON.SET", key, 3, text.len() + 8)
            .arg(b"$")
            .arg(text)
    })
}
