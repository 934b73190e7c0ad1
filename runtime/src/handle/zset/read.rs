use std::ops::RangeBounds;

use redis::Value;

use super::query::{score_edges, value_edges};
use super::{Score, entries, optional_score};
use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::scan::{Scan, ScanIter};
use crate::slot::AtStore;
use crate::structure::ZSet;

impl<K, C, N, X> Handle<K, X, ZSet<C, N>>
where
    K: Key<Structure = ZSet<C, N>>,
    C: Codec,
    N: Score,
    X: Context,
{
    /// A value's score; `None` when it is not there.
    ///
    /// Sends `ZSCORE`. O(1).
    #[doc(alias = "contains")]
    pub fn zscore(&self, member: &C::Ref) -> Command<Option<N>, X> {
        self.command(Promise::MayRenew, optional_score::<N>, |key, lifetime| {
            let args = Args::on("ZSCORE", key, 1).value::<C>(member);
            Ok(lifetime.read(key, args.map_err(Self::refused)?))
        })
    }

    /// The score of each value; `None` for each that is not there.
    ///
    /// Sends one `ZMSCORE` (6.2); nothing when no value is given. O(1) for each.
    #[doc(alias = "zmscore")]
    pub fn zscore_multiple<B: AsValue<C::Ref>>(
        &self,
        members: impl IntoIterator<Item = B>,
    ) -> Command<Vec<Option<N>>, X> {
        self.command(Promise::MayRenew, scores::<N>, |key, lifetime| {
            let members = members.into_iter();
            let room = members.size_hint().0;
            let (args, count) = Args::on("ZMSCORE", key, room)
                .values::<C, B>(members)
                .map_err(Self::refused)?;
            if count == 0 {
                return Ok(Payload::Ready(Value::Array(Vec::new())));
            }
            Ok(lifetime.read(key, args))
        })
    }

    /// A value's position from the lowest score, 0 first; `None` when it is not there.
    ///
    /// Sends `ZRANK`. O(log n).
    pub fn zrank(&self, member: &C::Ref) -> Command<Option<u64>, X> {
        self.rank("ZRANK", member)
    }

    /// A value's position from the highest score, 0 first; `None` when it is not there.
    ///
    /// Sends `ZREVRANK`. O(log n).
    pub fn zrevrank(&self, member: &C::Ref) -> Command<Option<u64>, X> {
        self.rank("ZREVRANK", member)
    }

    fn rank(&self, name: &'static str, member: &C::Ref) -> Command<Option<u64>, X> {
        self.command(Promise::MayRenew, reply::optional_count, |key, lifetime| {
            let args = Args::on(name, key, 1).value::<C>(member);
            Ok(lifetime.read(key, args.map_err(Self::refused)?))
        })
    }

    /// Number of values.
    ///
    /// Sends `ZCARD`. O(1).
    #[doc(alias = "len")]
    pub fn zcard(&self) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("ZCARD", key, 0)))
        })
    }

    /// Whether there is no value: such a key does not exist.
    ///
    /// Sends `ZCARD`. O(1).
    pub fn is_empty(&self) -> Command<bool, X> {
        self.command(Promise::MayRenew, reply::zero, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("ZCARD", key, 0)))
        })
    }

    /// Number of values whose score is in the range, e.g. `1.0..=5.0` or `..moment`.
    ///
    /// Sends `ZCOUNT`. O(log n).
    pub fn zcount(&self, range: impl RangeBounds<N>) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            let (low, high) = score_edges(&range).map_err(Self::refused)?;
            let args = Args::on("ZCOUNT", key, 2).arg(&low).arg(&high);
            Ok(lifetime.read(key, args))
        })
    }

    /// Number of values in the range of their bytes at rest; all scores must be the same.
    ///
    /// Sends `ZLEXCOUNT`. O(log n).
    pub fn zlexcount(&self, range: impl RangeBounds<C::Ref>) -> Command<u64, X> {
        self.command(Promise::MayRenew, reply::count, |key, lifetime| {
            let (low, high) = value_edges::<C>(&range).map_err(Self::refused)?;
            let args = Args::on("ZLEXCOUNT", key, 2).arg(&low).arg(&high);
            Ok(lifetime.read(key, args))
        })
    }

    /// A random value.
    ///
    /// Sends `ZRANDMEMBER` (6.2). O(1).
    pub fn zrandmember(&self) -> Command<Option<C::Value>, X> {
        self.command(Promise::MayRenew, reply::optional::<C>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("ZRANDMEMBER", key, 0)))
        })
    }

    /// Up to `count` distinct random values.
    ///
    /// Sends `ZRANDMEMBER` with a count (6.2). O(count).
    pub fn zrandmember_count(&self, count: u32) -> Command<Vec<C::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<C>, |key, lifetime| {
            let args = Args::on("ZRANDMEMBER", key, 1).uint(count.into());
            Ok(lifetime.read(key, args))
        })
    }

    /// Up to `count` distinct random values with their scores.
    ///
    /// Sends `ZRANDMEMBER … WITHSCORES` (6.2). O(count).
    pub fn zrandmember_withscores(&self, count: u32) -> Command<Vec<(C::Value, N)>, X> {
        self.command(Promise::MayRenew, entries::<C, N>, |key, lifetime| {
            let args = Args::on("ZRANDMEMBER", key, 2).uint(count.into());
            Ok(lifetime.read(key, args.arg(b"WITHSCORES")))
        })
    }

    /// Walks the values with their scores page by page over a synchronous connection. A value may come
    /// twice while others change them. Does not renew the lifetime.
    ///
    /// Sends `ZSCAN … COUNT 500` until the cursor comes back to 0. O(n) in all.
    #[doc(alias = "iter")]
    pub fn zscan_on<'c, L>(&self, connection: &'c mut L) -> ScanIter<'c, L, (C::Value, N)>
    where
        L: redis::ConnectionLike + ?Sized,
        C::Value: 'static,
        N: 'static,
    {
        ScanIter::new(connection, self.elements("ZSCAN", None, page::<C, N>))
    }

    /// Walks the values whose bytes at rest match a glob pattern over a synchronous connection.
    ///
    /// As [`zscan_on`](Self::zscan_on); the pattern spares sending the others, not looking at them.
    pub fn zscan_match_on<'c, L>(
        &self,
        connection: &'c mut L,
        pattern: impl AsRef<[u8]>,
    ) -> ScanIter<'c, L, (C::Value, N)>
    where
        L: redis::ConnectionLike + ?Sized,
        C::Value: 'static,
        N: 'static,
    {
        let pattern = Some(pattern.as_ref());
        ScanIter::new(connection, self.elements("ZSCAN", pattern, page::<C, N>))
    }

    /// Walks the values with their scores page by page. A value may come twice while others change them.
    /// Does not renew the lifetime.
    ///
    /// Sends `ZSCAN … COUNT 500` until the cursor comes back to 0. O(n) in all.
    #[doc(alias = "iter")]
    pub fn zscan<'s>(&self) -> Scan<'s, (C::Value, N)>
    where
        X: AtStore<'s>,
        C::Value: 'static,
        N: 'static,
    {
        Scan::new(
            self.context.store(),
            self.elements("ZSCAN", None, page::<C, N>),
        )
    }

    /// Walks the values whose bytes at rest match a glob pattern.
    ///
    /// As [`zscan`](Self::zscan); the pattern spares sending the others, not looking at them.
    pub fn zscan_match<'s>(&self, pattern: impl AsRef<[u8]>) -> Scan<'s, (C::Value, N)>
    where
        X: AtStore<'s>,
        C::Value: 'static,
        N: 'static,
    {
        let pattern = Some(pattern.as_ref());
        Scan::new(
            self.context.store(),
            self.elements("ZSCAN", pattern, page::<C, N>),
        )
    }
}

fn scores<N: Score>(value: Value, spec: &'static Spec) -> Result<Vec<Option<N>>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|item| optional_score(item, spec))
        .collect()
}

fn page<C: Codec, N: Score>(items: Vec<Value>, spec: &'static Spec) -> Result<Vec<(C::Value, N)>> {
    entries::<C, N>(Value::Array(items), spec)
}
