//! Adding values to a list.

use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::values::listed;
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::script::script;
use crate::structure::List;

use super::{ListEnd, length};

impl<K: Key<Structure = List<C>>, C: Codec, X: Context> Handle<K, X, List<C>> {
    /// Adds a value on the left; returns the new length.
    ///
    /// Sends `LPUSH` and sets the lifetime in the same transaction. O(1).
    #[doc(alias = "push_front")]
    pub fn lpush(&self, value: &C::Ref) -> Command<u64, X> {
        self.push_by("LPUSH", value)
    }

    /// Adds a value on the right; returns the new length.
    ///
    /// Sends `RPUSH` and sets the lifetime in the same transaction. O(1).
    #[doc(alias = "push_back")]
    pub fn rpush(&self, value: &C::Ref) -> Command<u64, X> {
        self.push_by("RPUSH", value)
    }

    /// Adds values on the left one after the other, so that the last one given comes first; returns the new
    /// length.
    ///
    /// Sends one `LPUSH` and sets the lifetime in the same transaction; `LLEN` when no value is given. O(n).
    pub fn lpush_many<B: AsValue<C::Ref>>(
        &self,
        values: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.push_many_by("LPUSH", values)
    }

    /// Adds values on the right in the order given; returns the new length.
    ///
    /// Sends one `RPUSH` and sets the lifetime in the same transaction; `LLEN` when no value is given. O(n).
    #[doc(alias = "extend")]
    pub fn rpush_many<B: AsValue<C::Ref>>(
        &self,
        values: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.push_many_by("RPUSH", values)
    }

    /// Adds a value on the left of a list that exists; returns the new length, or `None` when there is no
    /// list.
    ///
    /// Sends `LPUSHX` and sets the lifetime in the same transaction. O(1).
    #[doc(alias = "lpushx")]
    pub fn lpush_exists(&self, value: &C::Ref) -> Command<Option<u64>, X> {
        self.push_exists("LPUSHX", value)
    }

    /// Adds a value on the right of a list that exists; returns the new length, or `None` when there is no
    /// list.
    ///
    /// Sends `RPUSHX` and sets the lifetime in the same transaction. O(1).
    #[doc(alias = "rpushx")]
    pub fn rpush_exists(&self, value: &C::Ref) -> Command<Option<u64>, X> {
        self.push_exists("RPUSHX", value)
    }

    /// Adds a value on the left and drops values on the right beyond `max`; returns the new length.
    ///
    /// Sends `LPUSH`, `LTRIM` and `LLEN` and sets the lifetime in one transaction. O(1).
    pub fn lpush_capped(&self, value: &C::Ref, max: u32) -> Command<u64, X> {
        self.push_capped(ListEnd::Left, value, max)
    }

    /// Adds a value on the right and drops values on the left beyond `max`; returns the new length.
    ///
    /// Sends `RPUSH`, `LTRIM` and `LLEN` and sets the lifetime in one transaction. O(1).
    pub fn rpush_capped(&self, value: &C::Ref, max: u32) -> Command<u64, X> {
        self.push_capped(ListEnd::Right, value, max)
    }

    /// Adds a value before the first one equal to `pivot`; returns the new length, or `None` when there is
    /// none. Then nothing changes, the lifetime neither.
    ///
    /// Runs a script around `LINSERT`. O(n) in the distance of the pivot from the left. Atomic.
    pub fn linsert_before(&self, pivot: &C::Ref, value: &C::Ref) -> Command<Option<u64>, X> {
        self.insert(b"BEFORE", pivot, value)
    }

    /// Adds a value after the first one equal to `pivot`; returns the new length, or `None` when there is
    /// none. Then nothing changes, the lifetime neither.
    ///
    /// Runs a script around `LINSERT`. O(n) in the distance of the pivot from the left. Atomic.
    pub fn linsert_after(&self, pivot: &C::Ref, value: &C::Ref) -> Command<Option<u64>, X> {
        self.insert(b"AFTER", pivot, value)
    }

    fn push_by(&self, name: &'static str, value: &C::Ref) -> Command<u64, X> {
        self.command(Promise::Unsafe, reply::count, |key, lifetime| {
            let args = Args::on(name, key, 1).value::<C>(value);
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    fn push_many_by<B: AsValue<C::Ref>>(
        &self,
        name: &'static str,
        values: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.command(
            Promise::Unsafe,
            reply::count,
            |key, lifetime| match listed::<C, B>(name, key, values).map_err(Self::refused)? {
                None => Ok(Args::on("LLEN", key, 0).into()),
                Some(args) => Ok(lifetime.write(key, args)),
            },
        )
    }

    fn push_exists(&self, name: &'static str, value: &C::Ref) -> Command<Option<u64>, X> {
        self.command(Promise::Unsafe, length, |key, lifetime| {
            let args = Args::on(name, key, 1).value::<C>(value);
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    fn push_capped(&self, end: ListEnd, value: &C::Ref, max: u32) -> Command<u64, X> {
        self.command(Promise::Unsafe, reply::count, |key, lifetime| {
            let max = i64::from(max);
            let (name, start, stop) = match end {
                // A range that ends before it starts keeps nothing.
                _ if max == 0 => ("LPUSH", 1, 0),
                ListEnd::Left => ("LPUSH", 0, max - 1),
                ListEnd::Right => ("RPUSH", -max, -1),
            };
            let push = Args::on(name, key, 1).value::<C>(value);
            let commands = vec![
                push.map_err(Self::refused)?,
                Args::on("LTRIM", key, 2).int(start).int(stop),
                Args::on("LLEN", key, 0),
            ];
            Ok(lifetime.write_all(key, 2, commands))
        })
    }

    fn insert(
        &self,
        place: &'static [u8],
        pivot: &C::Ref,
        value: &C::Ref,
    ) -> Command<Option<u64>, X> {
        self.command(Promise::Unsafe, length, |key, lifetime| {
            let args = lifetime
                .script(Args::eval(INSERT, key))
                .arg(place)
                .value::<C>(pivot)
                .and_then(|args| args.value::<C>(value));
            Ok(args.map_err(Self::refused)?.into())
        })
    }
}

const INSERT: &str = script!(
    "local size=redis.call('LINSERT',KEYS[1],ARGV[3],ARGV[4],ARGV[5])"
    "if size>0 then live(KEYS[1]) end"
    "return size"
);
