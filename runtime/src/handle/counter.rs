//! Numbers that the server increments.

use std::ops::RangeInclusive;

use crate::cmd::Args;
use crate::codec::{Countable, Text, TextValue};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::bounds::{bounded, finite, in_range};
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::script::script;
use crate::structure::Counter;
use crate::value::Integer;

impl<K: Key<Structure = Counter<N>>, N: TextValue<Ref = N>, X: Context> Handle<K, X, Counter<N>> {
    /// The number; `None` when the key does not exist.
    ///
    /// Sends `GET` (`GETEX` with the lifetime when the schema says `on_read: refresh`). O(1).
    pub fn get(&self) -> Command<Option<N>, X> {
        self.command(
            Promise::MayRenew,
            reply::optional::<Text<N>>,
            |key, lifetime| Ok(lifetime.get(key)),
        )
    }

    /// Sets the number, with the declared lifetime.
    ///
    /// Sends `SET` with `EX`/`PX`; where a write keeps the remaining lifetime, `SET … KEEPTTL` and
    /// `EXPIRE … NX` in one transaction. O(1).
    pub fn set(&self, number: N) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, lifetime| {
            Ok(N::write_text(&number, |text| {
                lifetime.set(key, Args::on("SET", key, 4).arg(text), false)
            }))
        })
    }

    /// Returns the number and deletes the key, so that counting starts over.
    ///
    /// Sends `GETDEL`. O(1).
    #[doc(alias = "getdel")]
    pub fn reset(&self) -> Command<Option<N>, X> {
        self.bare(Promise::Unsafe, reply::optional::<Text<N>>, "GETDEL")
    }
}

/// A counter that does not exist counts from 0. A result beyond the range of its type fails with
/// [`OutOfRange`](crate::ErrorKind::OutOfRange) and leaves number and lifetime alone.
impl<K: Key<Structure = Counter<N>>, N: Integer, X: Context> Handle<K, X, Counter<N>> {
    /// Adds 1; returns the result.
    ///
    /// As [`incr_by`](Self::incr_by). O(1).
    pub fn incr(&self) -> Command<N, X> {
        self.incr_by(1)
    }

    /// Subtracts 1; returns the result.
    ///
    /// As [`incr_by`](Self::incr_by). O(1).
    pub fn decr(&self) -> Command<N, X> {
        self.incr_by(-1)
    }

    /// Adds a number, which may be negative; returns the result.
    ///
    /// Sends `INCRBY` and sets the lifetime in the same transaction; a script around it where the type is
    /// narrower than the server's counters. O(1).
    #[doc(alias = "incrby")]
    #[doc(alias = "decr_by")]
    #[doc(alias = "decrby")]
    pub fn incr_by(&self, by: i64) -> Command<N, X> {
        self.command(Promise::Unsafe, in_range::<Text<N>>, |key, lifetime| {
            if Text::<N>::UNBOUNDED {
                return Ok(lifetime.write(key, Args::on("INCRBY", key, 1).int(by)));
            }
            let args = lifetime.script(Args::eval(COUNT, key));
            Ok(args.bounds(by, N::MIN, N::MAX).into())
        })
    }

    /// Adds a number if the result lies within the bounds; returns it, or `None` when it would not: then
    /// number and lifetime stay.
    ///
    /// Runs a script around `INCRBY`. O(1). Atomic.
    #[doc(alias = "increx")]
    pub fn incr_bounded(&self, by: i64, bounds: RangeInclusive<N>) -> Command<Option<N>, X> {
        self.command(
            Promise::Unsafe,
            reply::optional::<Text<N>>,
            |key, lifetime| {
                let args = lifetime.script(Args::eval(COUNT, key));
                let (min, max) = bounds.into_inner();
                Ok(args.bounds(by, min.to_server(), max.to_server()).into())
            },
        )
    }
}

/// A counter that does not exist counts from 0.
impl<K: Key<Structure = Counter<f64>>, X: Context> Handle<K, X, Counter<f64>> {
    /// Adds a number, which may be negative; returns the result.
    ///
    /// Sends `INCRBYFLOAT` and sets the lifetime in the same transaction. O(1).
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when the number is not finite;
    /// [`OutOfRange`](crate::ErrorKind::OutOfRange) when the result is not.
    #[doc(alias = "incrbyfloat")]
    pub fn incr_by_float(&self, by: f64) -> Command<f64, X> {
        self.command(Promise::Unsafe, reply::float, |key, lifetime| {
            let by = finite(by).map_err(Self::refused)?;
            Ok(lifetime.write(key, Args::on("INCRBYFLOAT", key, 2).float(by)))
        })
    }
}

const COUNT: &str = bounded!(
    script,
    "ARGV[3],ARGV[4],ARGV[5]",
    "redis.call('GET',KEYS[1])",
    "redis.call('INCRBY',KEYS[1],by)",
    "if old then redis.call('SET',KEYS[1],old,'KEEPTTL') else redis.call('DEL',KEYS[1]) end",
    "live(KEYS[1])"
);
