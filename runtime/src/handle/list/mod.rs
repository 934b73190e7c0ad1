//! Values in order under a key.

mod blocking;
mod moving;
mod position;
mod push;
mod queue;

pub use position::PositionOptions;
pub use queue::{ListOrder, Ordered, ProcessedIn};

use redis::Value;

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::script::script;
use crate::structure::List;

/// An end of a list. The left one comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListEnd {
    /// Where [`lpush`](crate::Handle::lpush) puts values.
    Left,
    /// Where [`rpush`](crate::Handle::rpush) puts values.
    Right,
}

impl ListEnd {
    const fn word(self) -> &'static [u8] {
        match self {
            Self::Left => b"LEFT",
            Self::Right => b"RIGHT",
        }
    }
}

/// Positions count from 0; negative ones from the end, where -1 is the last.
impl<K: Key<Structure = List<C>>, C: Codec, X: Context> Handle<K, X, List<C>> {
    /// Takes the first value; `None` when there is none.
    ///
    /// Sends `LPOP`. O(1).
    #[doc(alias = "pop_front")]
    pub fn lpop(&self) -> Command<Option<C::Value>, X> {
        self.bare(Promise::Unsafe, reply::optional::<C>, "LPOP")
    }

    /// Takes the last value; `None` when there is none.
    ///
    /// Sends `RPOP`. O(1).
    #[doc(alias = "pop_back")]
    pub fn rpop(&self) -> Command<Option<C::Value>, X> {
        self.bare(Promise::Unsafe, reply::optional::<C>, "RPOP")
    }

    /// Takes up to `count` values from the left, the first one first.
    ///
    /// Sends `LPOP` with a count, which needs Redis 6.2. O(count).
    pub fn lpop_count(&self, count: u32) -> Command<Vec<C::Value>, X> {
        self.pop_count("LPOP", count)
    }

    /// Takes up to `count` values from the right, the last one first.
    ///
    /// Sends `RPOP` with a count, which needs Redis 6.2. O(count).
    pub fn rpop_count(&self, count: u32) -> Command<Vec<C::Value>, X> {
        self.pop_count("RPOP", count)
    }

    fn pop_count(&self, name: &'static str, count: u32) -> Command<Vec<C::Value>, X> {
        self.command(Promise::Unsafe, reply::values::<C>, |key, _| {
            Ok(Args::on(name, key, 1).uint(count.into()).into())
        })
    }

    /// The values from `start` to `stop`, both included.
    ///
    /// Sends `LRANGE`. O(s + n), where s is the distance of `start` from the nearer end.
    pub fn lrange(&self, start: i64, stop: i64) -> Command<Vec<C::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<C>, |key, lifetime| {
            let args = Args::on("LRANGE", key, 2).int(start).int(stop);
            Ok(lifetime.read(key, args))
        })
    }

    /// Every value.
    ///
    /// Sends `LRANGE 0 -1`. O(n).
    #[doc(alias = "iter")]
    pub fn all(&self) -> Command<Vec<C::Value>, X> {
        self.lrange(0, -1)
    }

    /// The value at a position; `None` beyond the ends.
    ///
    /// Sends `LINDEX`. O(n) in the distance from the nearer end.
    #[doc(alias = "get")]
    pub fn lindex(&self, index: i64) -> Command<Option<C::Value>, X> {
        self.command(Promise::MayRenew, reply::optional::<C>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("LINDEX", key, 1).int(index)))
        })
    }

    /// Number of values; 0 when the key does not exist.
    ///
    /// Sends `LLEN`. O(1).
    #[doc(alias = "len")]
    pub fn llen(&self) -> Command<u64, X> {
        self.bare(Promise::Read, reply::count, "LLEN")
    }

    /// Whether there is no value, that is, no key.
    ///
    /// Sends `LLEN`. O(1).
    pub fn is_empty(&self) -> Command<bool, X> {
        self.bare(Promise::Read, reply::zero, "LLEN")
    }

    /// Replaces the value at a position; tells whether there is one. Otherwise nothing changes, the lifetime
    /// neither.
    ///
    /// Runs a script around `LSET`. O(n) in the distance from the nearer end. Atomic.
    #[doc(alias = "set")]
    pub fn lset(&self, index: i64, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Unsafe, reply::flag, |key, lifetime| {
            let args = lifetime.script(Args::eval(SET, key)).int(index);
            Ok(args.value::<C>(value).map_err(Self::refused)?.into())
        })
    }

    /// Removes values equal to this one: the first `count` of them, the last ones when `count` is negative,
    /// all when it is 0. Returns how many there were. The lifetime stays.
    ///
    /// Sends `LREM`. O(n).
    #[doc(alias = "remove")]
    pub fn lrem(&self, count: i64, value: &C::Ref) -> Command<u64, X> {
        self.command(Promise::Unsafe, reply::count, |key, _| {
            let args = Args::on("LREM", key, 2).int(count).value::<C>(value);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Removes all values but those from `start` to `stop`, both included. The lifetime stays.
    ///
    /// Sends `LTRIM`. O(n) in the number of values removed.
    #[doc(alias = "retain")]
    pub fn ltrim(&self, start: i64, stop: i64) -> Command<(), X> {
        self.command(trim(start, stop), reply::unit, |key, _| {
            Ok(Args::on("LTRIM", key, 2).int(start).int(stop).into())
        })
    }
}

/// Reads nothing as nothing.
/// Cutting a list down to one of its ends leaves it alone the second time.
const fn trim(start: i64, stop: i64) -> Promise {
    if (start == 0 && stop >= -1) || (start < 0 && stop == -1) {
        Promise::Idempotent
    } else {
        Promise::Unsafe
    }
}

fn length(value: Value, spec: &'static crate::key::Spec) -> crate::Result<Option<u64>> {
    let length = reply::int(value, spec)?;
    Ok(u64::try_from(length).ok().filter(|length| *length > 0))
}

const SET: &str = script!(
    "local size,index=redis.call('LLEN',KEYS[1]),tonumber(ARGV[3])"
    "if index>=size or index< -size then return 0 end"
    "redis.call('LSET',KEYS[1],ARGV[3],ARGV[4])"
    "live(KEYS[1])"
    "return 1"
);
