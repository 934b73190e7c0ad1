//! Distinct values under a key.

use redis::Value;

use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::handle::values::listed;
use crate::key::{Key, Spec};
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::scan::{Scan, ScanIter};
use crate::slot::{AtStore, Joins};
use crate::structure::Set;

impl<K: Key<Structure = Set<C>>, C: Codec, X: Context> Handle<K, X, Set<C>> {
    /// Adds a value; tells whether it was not there before.
    ///
    /// Sends `SADD` and gives the key its lifetime in the same transaction. O(1).
    #[doc(alias = "insert")]
    pub fn sadd(&self, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let args = Args::on("SADD", key, 1).value::<C>(value);
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Adds values; returns how many were not there before.
    ///
    /// Sends one `SADD` and gives the key its lifetime in the same transaction; nothing when no value is
    /// given. O(n).
    #[doc(alias = "extend")]
    pub fn sadd_many<B: AsValue<C::Ref>>(
        &self,
        values: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.command(
            Promise::Repeatable,
            reply::count,
            |key, lifetime| match listed::<C, B>("SADD", key, values).map_err(Self::refused)? {
                None => Ok(Payload::Ready(Value::Int(0))),
                Some(args) => Ok(lifetime.write(key, args)),
            },
        )
    }

    /// Removes a value; tells whether it was there.
    ///
    /// Sends `SREM`. O(1).
    #[doc(alias = "remove")]
    pub fn srem(&self, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            let args = Args::on("SREM", key, 1).value::<C>(value);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Removes values; returns how many were there.
    ///
    /// Sends one `SREM`; nothing when no value is given. O(n).
    pub fn srem_many<B: AsValue<C::Ref>>(
        &self,
        values: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.command(
            Promise::Repeatable,
            reply::count,
            |key, _| match listed::<C, B>("SREM", key, values).map_err(Self::refused)? {
                None => Ok(Payload::Ready(Value::Int(0))),
                Some(args) => Ok(args.into()),
            },
        )
    }

    /// Every value, in no particular order.
    ///
    /// Sends `SMEMBERS`. O(n); walk a large set by `sscan`.
    pub fn smembers(&self) -> Command<Vec<C::Value>, X> {
        self.smembers_as()
    }

    /// Every value, gathered into a collection such as `HashSet` or `BTreeSet`.
    ///
    /// Sends `SMEMBERS`. O(n).
    pub fn smembers_as<S: FromIterator<C::Value>>(&self) -> Command<S, X> {
        self.command(
            Promise::MayRenew,
            reply::gathered::<C, S>,
            |key, lifetime| Ok(lifetime.read(key, Args::on("SMEMBERS", key, 0))),
        )
    }

    /// Whether a value is in the set.
    ///
    /// Sends `SISMEMBER`. O(1).
    #[doc(alias = "contains")]
    pub fn sismember(&self, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::MayRenew, reply::flag, |key, lifetime| {
            let args = Args::on("SISMEMBER", key, 1).value::<C>(value);
            Ok(lifetime.read(key, args.map_err(Self::refused)?))
        })
    }

    /// For each value, whether it is in the set.
    ///
    /// Sends one `SMISMEMBER` (6.2); nothing when no value is given. O(n).
    #[doc(alias = "contains_many")]
    pub fn smismember<B: AsValue<C::Ref>>(
        &self,
        values: impl IntoIterator<Item = B>,
    ) -> Command<Vec<bool>, X> {
        self.command(
            Promise::MayRenew,
            reply::flags,
            |key, lifetime| match listed::<C, B>("SMISMEMBER", key, values)
                .map_err(Self::refused)?
            {
                None => Ok(Payload::Ready(Value::Array(Vec::new()))),
                Some(args) => Ok(lifetime.read(key, args)),
            },
        )
    }

    /// Number of values.
    ///
    /// Sends `SCARD`. O(1).
    #[doc(alias = "len")]
    pub fn scard(&self) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("SCARD", key, 0)))
        })
    }

    /// Whether the set holds nothing: such a key does not exist.
    ///
    /// Sends `SCARD`. O(1).
    pub fn is_empty(&self) -> Command<bool, X> {
        self.command(Promise::MayRenew, reply::zero, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("SCARD", key, 0)))
        })
    }

    /// Removes and returns a random value.
    ///
    /// Sends `SPOP`. O(1).
    pub fn spop(&self) -> Command<Option<C::Value>, X> {
        self.command(Promise::Unsafe, reply::optional::<C>, |key, _| {
            Ok(Args::on("SPOP", key, 0).into())
        })
    }

    /// Removes and returns up to `count` random values.
    ///
    /// Sends `SPOP` with a count. O(count).
    pub fn spop_count(&self, count: u32) -> Command<Vec<C::Value>, X> {
        self.command(Promise::Unsafe, reply::values::<C>, |key, _| {
            Ok(Args::on("SPOP", key, 1).uint(count.into()).into())
        })
    }

    /// A random value.
    ///
    /// Sends `SRANDMEMBER`. O(1).
    pub fn srandmember(&self) -> Command<Option<C::Value>, X> {
        self.command(Promise::MayRenew, reply::optional::<C>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("SRANDMEMBER", key, 0)))
        })
    }

    /// Up to `count` distinct random values.
    ///
    /// Sends `SRANDMEMBER` with a count. O(count).
    pub fn srandmember_count(&self, count: u32) -> Command<Vec<C::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<C>, |key, lifetime| {
            let args = Args::on("SRANDMEMBER", key, 1).uint(count.into());
            Ok(lifetime.read(key, args))
        })
    }

    /// Exactly `count` random values, the same one perhaps several times; none when the key does not exist.
    ///
    /// Sends `SRANDMEMBER` with a negative count. O(count).
    pub fn srandmember_repeating(&self, count: u32) -> Command<Vec<C::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<C>, |key, lifetime| {
            let args = Args::on("SRANDMEMBER", key, 1).int(-i64::from(count));
            Ok(lifetime.read(key, args))
        })
    }

    /// Moves a value to another set; tells whether it was there to move.
    ///
    /// Sends `SMOVE` and gives the other key its lifetime in the same transaction. O(1).
    pub fn smove<D: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        to: &Handle<D, Y, Set<C>>,
        value: &C::Ref,
    ) -> Command<bool, X> {
        self.command_to(Promise::Repeatable, reply::flag, to, |key, _, to| {
            let args = Args::on("SMOVE", key, 2).arg(&to.key).value::<C>(value);
            Ok(to.lifetime.write(&to.key, args.map_err(Self::refused)?))
        })
    }

    /// Walks the values page by page over a synchronous connection. A value may come twice while others
    /// change the set. Does not renew the lifetime.
    ///
    /// Sends `SSCAN … COUNT 500` until the cursor comes back to 0. O(n) in all.
    #[doc(alias = "iter")]
    pub fn sscan_on<'c, N>(&self, connection: &'c mut N) -> ScanIter<'c, N, C::Value>
    where
        N: redis::ConnectionLike + ?Sized,
        C::Value: 'static,
    {
        ScanIter::new(connection, self.elements("SSCAN", None, each::<C>))
    }

    /// Walks the values whose bytes at rest match a glob pattern over a synchronous connection.
    ///
    /// As [`sscan_on`](Self::sscan_on); the pattern spares sending the others, not looking at them.
    pub fn sscan_match_on<'c, N>(
        &self,
        connection: &'c mut N,
        pattern: impl AsRef<[u8]>,
    ) -> ScanIter<'c, N, C::Value>
    where
        N: redis::ConnectionLike + ?Sized,
        C::Value: 'static,
    {
        let pattern = Some(pattern.as_ref());
        ScanIter::new(connection, self.elements("SSCAN", pattern, each::<C>))
    }

    /// Walks the values page by page. A value may come twice while others change the set. Does not renew
    /// the lifetime.
    ///
    /// Sends `SSCAN … COUNT 500` until the cursor comes back to 0. O(n) in all.
    #[doc(alias = "iter")]
    pub fn sscan<'s>(&self) -> Scan<'s, C::Value>
    where
        X: AtStore<'s>,
        C::Value: 'static,
    {
        Scan::new(
            self.context.store(),
            self.elements("SSCAN", None, each::<C>),
        )
    }

    /// Walks the values whose bytes at rest match a glob pattern.
    ///
    /// As [`sscan`](Self::sscan); the pattern spares sending the others, not looking at them.
    pub fn sscan_match<'s>(&self, pattern: impl AsRef<[u8]>) -> Scan<'s, C::Value>
    where
        X: AtStore<'s>,
        C::Value: 'static,
    {
        let pattern = Some(pattern.as_ref());
        Scan::new(
            self.context.store(),
            self.elements("SSCAN", pattern, each::<C>),
        )
    }
}

/// A page of values.
fn each<C: Codec>(items: Vec<Value>, spec: &'static Spec) -> Result<Vec<C::Value>> {
    items
        .into_iter()
        .map(|item| reply::value::<C>(item, spec))
        .collect()
}
