//! Estimates of how many distinct values there were, in 12 KiB at most.

use redis::Value;

use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::operands::Operands;
use crate::handle::values::listed;
use crate::key::Key;
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::slot::Beside;
use crate::structure::HyperLogLog;

impl<K: Key<Structure = HyperLogLog<C>>, C: Codec, X: Context> Handle<K, X, HyperLogLog<C>> {
    /// Counts a value; tells whether the estimate may have changed.
    ///
    /// Sends `PFADD` and gives the key its lifetime in the same transaction. O(1).
    #[doc(alias = "insert")]
    pub fn pfadd(&self, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let args = Args::on("PFADD", key, 1).value::<C>(value);
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Counts values; tells whether the estimate may have changed.
    ///
    /// Sends one `PFADD` and gives the key its lifetime in the same transaction; nothing when no value is
    /// given. O(1) for each.
    #[doc(alias = "extend")]
    pub fn pfadd_many<B: AsValue<C::Ref>>(
        &self,
        values: impl IntoIterator<Item = B>,
    ) -> Command<bool, X> {
        self.command(
            Promise::Repeatable,
            reply::flag,
            |key, lifetime| match listed::<C, B>("PFADD", key, values).map_err(Self::refused)? {
                None => Ok(Payload::Ready(Value::Int(0))),
                Some(args) => Ok(lifetime.write(key, args)),
            },
        )
    }

    /// About how many distinct values there were; the standard error is 0.81 %.
    ///
    /// Sends `PFCOUNT`. O(1).
    #[doc(alias = "len")]
    pub fn pfcount(&self) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("PFCOUNT", key, 0)))
        })
    }

    /// About how many distinct values there were in this key and the others together.
    ///
    /// Sends `PFCOUNT` with all keys. O(n) in the keys, each much dearer than one alone.
    pub fn pfcount_with(
        &self,
        others: impl Operands<HyperLogLog<C>> + Beside<X::Slot>,
    ) -> Command<u64, X> {
        self.command_with(
            Promise::MayRenew,
            reply::count,
            others,
            |key, lifetime, others| {
                let args = Args::on("PFCOUNT", key, others.len()).operands(others);
                Ok(lifetime.read_all(key, others, args))
            },
        )
    }

    /// Adds everything the sources have counted to this key.
    ///
    /// Sends `PFMERGE` and gives this key its lifetime in the same transaction. O(n) in the sources.
    pub fn pfmerge(
        &self,
        sources: impl Operands<HyperLogLog<C>> + Beside<X::Slot>,
    ) -> Command<(), X> {
        self.command_with(
            Promise::Idempotent,
            reply::unit,
            sources,
            |key, lifetime, sources| {
                Self::at_least_one(sources)?;
                let args = Args::on("PFMERGE", key, sources.len()).operands(sources);
                Ok(lifetime.write(key, args))
            },
        )
    }
}
