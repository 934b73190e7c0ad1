//! Bits by offset.

mod bit;
mod field;

use redis::Value;

use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::handle::operands::Operands;
use crate::key::{Key, Spec};
use crate::reply;
use crate::retry::Promise;
use crate::slot::{Beside, Joins};
use crate::structure::Bitmap;

pub use bit::BitOffset;
pub use field::{BitField, Offset, Overflow, Width};

impl<K: Key<Structure = Bitmap>, X: Context> Handle<K, X, Bitmap> {
    /// Sets a bit, by its offset or its declared name; returns what it was before. The key grows as far as the bit, with zeros in between.
    ///
    /// Sends `SETBIT` and gives the key its lifetime in the same transaction. O(1), and O(n) in the bytes
    /// the key grows by. Servers refuse offsets of 2³² and more.
    pub fn setbit(&self, offset: impl BitOffset<K>, on: bool) -> Command<bool, X> {
        let offset = offset.offset();
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let args = Args::on("SETBIT", key, 2).uint(offset).bit(on);
            Ok(lifetime.write(key, args))
        })
    }

    /// A bit, by its offset or its declared name; those that were never set are 0.
    ///
    /// Sends `GETBIT`. O(1).
    pub fn getbit(&self, offset: impl BitOffset<K>) -> Command<bool, X> {
        let offset = offset.offset();
        self.command(Promise::MayRenew, reply::flag, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("GETBIT", key, 1).uint(offset)))
        })
    }

    /// Number of bits that are 1.
    ///
    /// Sends `BITCOUNT`. O(n).
    pub fn bitcount(&self) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("BITCOUNT", key, 0)))
        })
    }

    /// Number of bits that are 1 between two bytes, both included; negative ones count from the end, -1
    /// being the last byte.
    ///
    /// Sends `BITCOUNT` with a range. O(n).
    pub fn bitcount_bytes(&self, first: i64, last: i64) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            let args = Args::on("BITCOUNT", key, 2).int(first).int(last);
            Ok(lifetime.read(key, args))
        })
    }

    /// Number of bits that are 1 between two bits, both included; negative ones count from the end, -1
    /// being the last bit.
    ///
    /// Sends `BITCOUNT … BIT` (7.0). O(n).
    pub fn bitcount_bits(&self, first: i64, last: i64) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            let args = Args::on("BITCOUNT", key, 3).int(first).int(last);
            Ok(lifetime.read(key, args.arg(b"BIT")))
        })
    }

    /// Where the first bit of this kind is. A 0 is found behind the last byte if nowhere before; a 1 may
    /// not be there.
    ///
    /// Sends `BITPOS`. O(n).
    pub fn bitpos(&self, on: bool) -> Command<Option<u64>, X> {
        self.command(Promise::MayRenew, position, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("BITPOS", key, 1).bit(on)))
        })
    }

    /// Where the first bit of this kind is between two bytes, both included; negative ones count from the
    /// end.
    ///
    /// Sends `BITPOS` with a range. O(n).
    pub fn bitpos_bytes(&self, on: bool, first: i64, last: i64) -> Command<Option<u64>, X> {
        self.command(Promise::MayRenew, position, |key, lifetime| {
            let args = Args::on("BITPOS", key, 3).bit(on).int(first).int(last);
            Ok(lifetime.read(key, args))
        })
    }

    /// Where the first bit of this kind is between two bits, both included; negative ones count from the
    /// end.
    ///
    /// Sends `BITPOS … BIT` (7.0). O(n).
    pub fn bitpos_bits(&self, on: bool, first: i64, last: i64) -> Command<Option<u64>, X> {
        self.command(Promise::MayRenew, position, |key, lifetime| {
            let args = Args::on("BITPOS", key, 4).bit(on).int(first).int(last);
            Ok(lifetime.read(key, args.arg(b"BIT")))
        })
    }

    /// Replaces this bitmap by the bits that are 1 in all sources; returns its length in bytes.
    ///
    /// Sends `BITOP AND` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n).
    pub fn bitop_and(&self, sources: impl Operands<Bitmap> + Beside<X::Slot>) -> Command<u64, X> {
        self.combined(b"AND", sources)
    }

    /// Replaces this bitmap by the bits that are 1 in any source; returns its length in bytes.
    ///
    /// Sends `BITOP OR` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n).
    pub fn bitop_or(&self, sources: impl Operands<Bitmap> + Beside<X::Slot>) -> Command<u64, X> {
        self.combined(b"OR", sources)
    }

    /// Replaces this bitmap by the bits that are 1 in an odd number of sources; returns its length in
    /// bytes.
    ///
    /// Sends `BITOP XOR` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n).
    pub fn bitop_xor(&self, sources: impl Operands<Bitmap> + Beside<X::Slot>) -> Command<u64, X> {
        self.combined(b"XOR", sources)
    }

    /// Replaces this bitmap by the source with every bit turned; returns its length in bytes.
    ///
    /// Sends `BITOP NOT` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n).
    pub fn bitop_not<F: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        source: &Handle<F, Y, Bitmap>,
    ) -> Command<u64, X> {
        self.combined(b"NOT", source)
    }

    fn combined(
        &self,
        operation: &'static [u8],
        sources: impl Operands<Bitmap> + Beside<X::Slot>,
    ) -> Command<u64, X> {
        self.command_with(
            Promise::Replaces,
            reply::count,
            sources,
            |key, lifetime, sources| {
                Self::at_least_one(sources)?;
                let args = Args::new("BITOP", 2 + sources.len(), key.len() + 16)
                    .arg(operation)
                    .arg(key)
                    .operands(sources);
                Ok(lifetime.replace(key, sources, args))
            },
        )
    }
}

impl Args {
    fn bit(self, on: bool) -> Self {
        self.arg(if on { b"1" } else { b"0" })
    }
}

/// A position, -1 for none.
fn position(value: Value, spec: &'static Spec) -> Result<Option<u64>> {
    reply::int(value, spec).map(|number| u64::try_from(number).ok())
}
