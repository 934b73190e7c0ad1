use std::ops::RangeBounds;

use super::query::{score_edges, value_edges};
use super::{Query, Score, entries};
use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::reply::{self, Decode};
use crate::retry::Promise;
use crate::slot::Joins;
use crate::structure::ZSet;

impl<K, C, N, X> Handle<K, X, ZSet<C, N>>
where
    K: Key<Structure = ZSet<C, N>>,
    C: Codec,
    N: Score,
    X: Context,
{
    /// The values between two positions from the lowest score, both included; negative positions count
    /// from the end, so `zrange(0, -1)` is everything.
    ///
    /// Sends `ZRANGE`. O(log n + returned).
    pub fn zrange(&self, start: i64, stop: i64) -> Command<Vec<C::Value>, X> {
        self.by_rank(reply::values::<C>, "ZRANGE", start, stop, false)
    }

    /// As [`zrange`](Self::zrange), with the scores.
    pub fn zrange_withscores(&self, start: i64, stop: i64) -> Command<Vec<(C::Value, N)>, X> {
        self.by_rank(entries::<C, N>, "ZRANGE", start, stop, true)
    }

    /// The values between two positions from the highest score, both included; `zrevrange(0, 9)` is the
    /// best ten.
    ///
    /// Sends `ZREVRANGE`. O(log n + returned).
    pub fn zrevrange(&self, start: i64, stop: i64) -> Command<Vec<C::Value>, X> {
        self.by_rank(reply::values::<C>, "ZREVRANGE", start, stop, false)
    }

    /// As [`zrevrange`](Self::zrevrange), with the scores.
    pub fn zrevrange_withscores(&self, start: i64, stop: i64) -> Command<Vec<(C::Value, N)>, X> {
        self.by_rank(entries::<C, N>, "ZREVRANGE", start, stop, true)
    }

    /// The values whose score is in the range, lowest first: `1.0..=5.0`, `..moment`, or a pair of
    /// [`Bound`](std::ops::Bound)s to leave out the lower end.
    ///
    /// Sends `ZRANGEBYSCORE`. O(log n + returned).
    pub fn zrangebyscore(&self, range: impl RangeBounds<N>) -> Command<Vec<C::Value>, X> {
        let order = Order::LowestFirst;
        self.by_score(reply::values::<C>, order, &range, None, false)
    }

    /// As [`zrangebyscore`](Self::zrangebyscore), with the scores.
    pub fn zrangebyscore_withscores(
        &self,
        range: impl RangeBounds<N>,
    ) -> Command<Vec<(C::Value, N)>, X> {
        let order = Order::LowestFirst;
        self.by_score(entries::<C, N>, order, &range, None, true)
    }

    /// As [`zrangebyscore`](Self::zrangebyscore), at most `count` values after the first `offset`.
    ///
    /// Sends `ZRANGEBYSCORE … LIMIT`. O(log n + offset + returned).
    pub fn zrangebyscore_limit(
        &self,
        range: impl RangeBounds<N>,
        offset: u64,
        count: u64,
    ) -> Command<Vec<C::Value>, X> {
        let limit = Some((offset, count));
        let order = Order::LowestFirst;
        self.by_score(reply::values::<C>, order, &range, limit, false)
    }

    /// As [`zrangebyscore_limit`](Self::zrangebyscore_limit), with the scores.
    pub fn zrangebyscore_limit_withscores(
        &self,
        range: impl RangeBounds<N>,
        offset: u64,
        count: u64,
    ) -> Command<Vec<(C::Value, N)>, X> {
        let limit = Some((offset, count));
        let order = Order::LowestFirst;
        self.by_score(entries::<C, N>, order, &range, limit, true)
    }

    /// The values whose score is in the range, highest first. The range is written from low to high.
    ///
    /// Sends `ZREVRANGEBYSCORE`. O(log n + returned).
    pub fn zrevrangebyscore(&self, range: impl RangeBounds<N>) -> Command<Vec<C::Value>, X> {
        let order = Order::HighestFirst;
        self.by_score(reply::values::<C>, order, &range, None, false)
    }

    /// As [`zrevrangebyscore`](Self::zrevrangebyscore), with the scores.
    pub fn zrevrangebyscore_withscores(
        &self,
        range: impl RangeBounds<N>,
    ) -> Command<Vec<(C::Value, N)>, X> {
        let order = Order::HighestFirst;
        self.by_score(entries::<C, N>, order, &range, None, true)
    }

    /// As [`zrevrangebyscore`](Self::zrevrangebyscore), at most `count` values after the first `offset`.
    ///
    /// Sends `ZREVRANGEBYSCORE … LIMIT`. O(log n + offset + returned).
    pub fn zrevrangebyscore_limit(
        &self,
        range: impl RangeBounds<N>,
        offset: u64,
        count: u64,
    ) -> Command<Vec<C::Value>, X> {
        let limit = Some((offset, count));
        let order = Order::HighestFirst;
        self.by_score(reply::values::<C>, order, &range, limit, false)
    }

    /// As [`zrevrangebyscore_limit`](Self::zrevrangebyscore_limit), with the scores.
    pub fn zrevrangebyscore_limit_withscores(
        &self,
        range: impl RangeBounds<N>,
        offset: u64,
        count: u64,
    ) -> Command<Vec<(C::Value, N)>, X> {
        let limit = Some((offset, count));
        let order = Order::HighestFirst;
        self.by_score(entries::<C, N>, order, &range, limit, true)
    }

    /// The values in the range of their bytes at rest, in their order; all scores must be the same.
    ///
    /// Sends `ZRANGEBYLEX`. O(log n + returned).
    pub fn zrangebylex(&self, range: impl RangeBounds<C::Ref>) -> Command<Vec<C::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<C>, |key, lifetime| {
            let (low, high) = value_edges::<C>(&range).map_err(Self::refused)?;
            let args = Args::on("ZRANGEBYLEX", key, 2).arg(&low).arg(&high);
            Ok(lifetime.read(key, args))
        })
    }

    /// The values a query finds.
    ///
    /// Sends `ZRANGE` with its options (6.2). O(log n + returned).
    pub fn zrange_by(&self, query: &Query<C, N>) -> Command<Vec<C::Value>, X> {
        self.query(reply::values::<C>, query, false)
    }

    /// The values a query finds, with their scores. Not for queries by value.
    ///
    /// Sends `ZRANGE … WITHSCORES` with its options (6.2). O(log n + returned).
    pub fn zrange_by_withscores(&self, query: &Query<C, N>) -> Command<Vec<(C::Value, N)>, X> {
        self.query(entries::<C, N>, query, true)
    }

    /// Replaces this sorted set by what a query finds in another one; returns its size.
    ///
    /// Sends `ZRANGESTORE` (6.2) and gives this key its lifetime in the same transaction. An empty result
    /// deletes the key. O(log n + stored).
    pub fn zrangestore<F: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        from: &Handle<F, Y, ZSet<C, N>>,
        query: &Query<C, N>,
    ) -> Command<u64, X> {
        self.command_to(
            Promise::Replaces,
            reply::count,
            from,
            |key, lifetime, from| {
                let args = Args::on("ZRANGESTORE", key, 9).arg(&from.key);
                let args = query.push(args, false).map_err(Self::refused)?;
                Ok(lifetime.replace(key, std::slice::from_ref(from), args))
            },
        )
    }

    fn query<R>(&self, decode: Decode<R>, query: &Query<C, N>, with_scores: bool) -> Command<R, X> {
        self.command(Promise::MayRenew, decode, |key, lifetime| {
            let args = query.push(Args::on("ZRANGE", key, 8), with_scores);
            Ok(lifetime.read(key, args.map_err(Self::refused)?))
        })
    }

    fn by_rank<R>(
        &self,
        decode: Decode<R>,
        name: &'static str,
        start: i64,
        stop: i64,
        with_scores: bool,
    ) -> Command<R, X> {
        self.command(Promise::MayRenew, decode, |key, lifetime| {
            let args = Args::on(name, key, 3).int(start).int(stop);
            Ok(lifetime.read(key, args.arg_if(with_scores, b"WITHSCORES")))
        })
    }

    fn by_score<R>(
        &self,
        decode: Decode<R>,
        order: Order,
        range: &impl RangeBounds<N>,
        limit: Option<(u64, u64)>,
        with_scores: bool,
    ) -> Command<R, X> {
        self.command(Promise::MayRenew, decode, |key, lifetime| {
            let (low, high) = score_edges(range).map_err(Self::refused)?;
            let args = match order {
                Order::LowestFirst => Args::on("ZRANGEBYSCORE", key, 6).arg(&low).arg(&high),
                Order::HighestFirst => Args::on("ZREVRANGEBYSCORE", key, 6).arg(&high).arg(&low),
            };
            let args = args.arg_if(with_scores, b"WITHSCORES");
            let args = match limit {
                None => args,
                Some((offset, count)) => args.arg(b"LIMIT").uint(offset).uint(count),
            };
            Ok(lifetime.read(key, args))
        })
    }
}

#[derive(Clone, Copy)]
enum Order {
    LowestFirst,
    HighestFirst,
}
