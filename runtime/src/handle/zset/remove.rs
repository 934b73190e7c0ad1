use std::ops::RangeBounds;

use redis::Value;

use super::Score;
use super::query::{score_edges, value_edges};
use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::structure::ZSet;

impl<K, C, N, X> Handle<K, X, ZSet<C, N>>
where
    K: Key<Structure = ZSet<C, N>>,
    C: Codec,
    N: Score,
    X: Context,
{
    /// Removes a value; tells whether it was there.
    ///
    /// Sends `ZREM`. O(log n).
    #[doc(alias = "remove")]
    pub fn zrem(&self, member: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            let args = Args::on("ZREM", key, 1).value::<C>(member);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Removes values; returns how many were there.
    ///
    /// Sends one `ZREM`; nothing when no value is given. O(log n) for each.
    pub fn zrem_many<B: AsValue<C::Ref>>(
        &self,
        members: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, _| {
            let members = members.into_iter();
            let room = members.size_hint().0;
            let (args, count) = Args::on("ZREM", key, room)
                .values::<C, B>(members)
                .map_err(Self::refused)?;
            if count == 0 {
                return Ok(Payload::Ready(Value::Int(0)));
            }
            Ok(args.into())
        })
    }

    /// Removes the values whose score is in the range, e.g. `..=0.5`; returns how many.
    ///
    /// Sends `ZREMRANGEBYSCORE`. O(log n + removed).
    #[doc(alias = "zrembyscore")]
    pub fn zremrangebyscore(&self, range: impl RangeBounds<N>) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, _| {
            let (low, high) = score_edges(&range).map_err(Self::refused)?;
            let args = Args::on("ZREMRANGEBYSCORE", key, 2);
            Ok(args.arg(&low).arg(&high).into())
        })
    }

    /// Removes the values between two positions, both included; negative ones count from the highest
    /// score, -1 first. Returns how many.
    ///
    /// Sends `ZREMRANGEBYRANK`. O(log n + removed).
    pub fn zremrangebyrank(&self, start: i64, stop: i64) -> Command<u64, X> {
        self.drop_ranks(Promise::Unsafe, start, stop)
    }

    fn drop_ranks(&self, promise: Promise, start: i64, stop: i64) -> Command<u64, X> {
        self.command(promise, reply::count, |key, _| {
            let args = Args::on("ZREMRANGEBYRANK", key, 2);
            Ok(args.int(start).int(stop).into())
        })
    }

    /// Removes the values in the range of their bytes at rest; all scores must be the same. Returns how
    /// many.
    ///
    /// Sends `ZREMRANGEBYLEX`. O(log n + removed).
    pub fn zremrangebylex(&self, range: impl RangeBounds<C::Ref>) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, _| {
            let (low, high) = value_edges::<C>(&range).map_err(Self::refused)?;
            let args = Args::on("ZREMRANGEBYLEX", key, 2);
            Ok(args.arg(&low).arg(&high).into())
        })
    }

    /// Removes all but the `keep` values of highest score; returns how many.
    ///
    /// Sends `ZREMRANGEBYRANK`. O(log n + removed).
    pub fn trim_to_top(&self, keep: u32) -> Command<u64, X> {
        self.drop_ranks(Promise::Repeatable, 0, -i64::from(keep) - 1)
    }

    /// Removes all but the `keep` values of lowest score; returns how many.
    ///
    /// Sends `ZREMRANGEBYRANK`. O(log n + removed).
    pub fn trim_to_bottom(&self, keep: u32) -> Command<u64, X> {
        self.drop_ranks(Promise::Repeatable, keep.into(), -1)
    }

    /// Removes the values whose score is below `score`; returns how many. Where scores are moments, this
    /// is what makes members expire.
    ///
    /// Sends `ZREMRANGEBYSCORE`. O(log n + removed).
    pub fn expire_members_before(&self, score: N) -> Command<u64, X> {
        self.zremrangebyscore(..score)
    }
}
