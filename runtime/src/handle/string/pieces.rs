use crate::cmd::Args;
use crate::codec::{Bytes, Codec, Text};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::structure::Str;

/// A codec whose values can be written and read in pieces: text and bytes.
pub trait Pieces: Codec + sealed::Sealed {}

impl Pieces for Text<String> {}
impl Pieces for Bytes {}

mod sealed {
    use crate::codec::{Bytes, Text};

    pub trait Sealed {}

    impl Sealed for Text<String> {}
    impl Sealed for Bytes {}
}

/// Positions count bytes, also in text.
impl<K: Key<Structure = Str<C>>, C: Pieces, X: Context> Handle<K, X, Str<C>> {
    /// Appends to the value, creating the key where there is none; returns the new length in bytes.
    ///
    /// Sends `APPEND` and sets the lifetime in the same transaction. O(1) amortised.
    pub fn append(&self, piece: &C::Ref) -> Command<u64, X> {
        self.command(Promise::Unsafe, reply::count, |key, lifetime| {
            let args = C::encode(piece, |bytes| {
                Args::sized("APPEND", key, 1, bytes.len()).arg(bytes)
            });
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// The bytes from `start` to `end`, both included, negative ones counted from the end; empty when there
    /// is nothing.
    ///
    /// Sends `GETRANGE`. O(n) in the length returned.
    ///
    /// # Errors
    /// [`Corrupt`](crate::ErrorKind::Corrupt) when the range cuts a character of a text in two.
    pub fn getrange(&self, start: i64, end: i64) -> Command<C::Value, X> {
        self.command(Promise::MayRenew, reply::value::<C>, |key, lifetime| {
            let args = Args::on("GETRANGE", key, 2).int(start).int(end);
            Ok(lifetime.read(key, args))
        })
    }

    /// Overwrites the value from byte `offset` on, creating the key where there is none and filling a gap
    /// with zero bytes; returns the new length in bytes.
    ///
    /// Sends `SETRANGE` and sets the lifetime in the same transaction. O(n) in the length of the piece.
    ///
    /// # Errors
    /// [`Server`](crate::ErrorKind::Server) when the value would grow beyond the server's limit (512 MiB).
    pub fn setrange(&self, offset: u32, piece: &C::Ref) -> Command<u64, X> {
        self.command(Promise::Idempotent, reply::count, |key, lifetime| {
            let args = C::encode(piece, |bytes| {
                Args::sized("SETRANGE", key, 2, bytes.len() + 12)
                    .uint(offset.into())
                    .arg(bytes)
            });
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }
}
