//! Remaining lifetimes: reading them, and changing them by hand where the schema allows it.

use std::time::{Duration, SystemTime};

use redis::Value;

use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Extendable, Key, Spec};
use crate::reply;
use crate::retry::Promise;
use crate::settings::LONGEST;
use crate::value::{TimestampMs, TimestampS};

/// How long a key still lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ttl {
    /// The key does not exist.
    Missing,
    /// The key never expires.
    Persistent,
    /// The key expires after this time.
    Expires(Duration),
}

impl Ttl {
    /// The remaining lifetime; `None` when the key does not exist or never expires.
    #[must_use]
    pub const fn remaining(self) -> Option<Duration> {
        match self {
            Self::Expires(left) => Some(left),
            Self::Missing | Self::Persistent => None,
        }
    }
}

/// When a key expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expiry {
    /// The key does not exist.
    Missing,
    /// The key never expires.
    Persistent,
    /// The key expires at this moment of the server's clock.
    At(SystemTime),
}

/// When a change of the remaining lifetime takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExpireOption {
    /// Only if the key has none (`NX`).
    IfNone,
    /// Only if the key has one (`XX`).
    IfAny,
    /// Only if the new one is longer (`GT`); a key that never expires is left alone.
    IfLonger,
    /// Only if the new one is shorter (`LT`); a key that never expires gets it.
    IfShorter,
}

impl ExpireOption {
    /// Only a lifetime that may be replaced is replaced again.
    pub(super) fn promise(self, lifetime: Duration) -> Promise {
        match self {
            Self::IfAny => renewal(lifetime),
            Self::IfNone | Self::IfLonger | Self::IfShorter => Promise::Repeatable,
        }
    }

    pub(super) const fn word(self) -> &'static [u8] {
        match self {
            Self::IfNone => b"NX",
            Self::IfAny => b"XX",
            Self::IfLonger => b"GT",
            Self::IfShorter => b"LT",
        }
    }
}

impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// How long the key still lives, in seconds rounded by the server; [`pttl`](Self::pttl) is exact.
    ///
    /// Sends `TTL`. O(1).
    pub fn ttl(&self) -> Command<Ttl, X> {
        self.bare(Promise::Read, seconds, "TTL")
    }

    /// How long the key still lives, in milliseconds.
    ///
    /// Sends `PTTL`. O(1).
    pub fn pttl(&self) -> Command<Ttl, X> {
        self.bare(Promise::Read, milliseconds, "PTTL")
    }

    /// When the key expires, by the server's clock.
    ///
    /// Sends `PEXPIRETIME`, which needs Redis 7.0. O(1).
    #[doc(alias = "pexpiretime")]
    pub fn expire_time(&self) -> Command<Expiry, X> {
        self.bare(
            Promise::Read,
            |value, spec| Ok(expiry(reply::int(value, spec)?)),
            "PEXPIRETIME",
        )
    }
}

/// Durations count from the server's receipt, in whole milliseconds; what is finer is rounded up. A duration
/// of zero or a moment in the past deletes the key.
impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// Starts the declared lifetime anew; tells whether the key exists. A key declared never to expire is
    /// left as it is.
    ///
    /// Sends `EXPIRE` or `PEXPIRE`; a script where keys expire at the end of the day. O(1).
    pub fn refresh_ttl(&self) -> Command<bool, X>
    where
        K: Extendable,
    {
        self.command(Promise::Idempotent, reply::flag, |key, lifetime| {
            let anew = lifetime.anew(key);
            Ok(anew.unwrap_or_else(|| Args::on("EXISTS", key, 0)).into())
        })
    }

    /// Gives the key another remaining lifetime; tells whether it exists.
    ///
    /// Sends `EXPIRE`, or `PEXPIRE` where the duration is not in whole seconds. O(1).
    pub fn expire(&self, lifetime: Duration) -> Command<bool, X>
    where
        K: Extendable,
    {
        self.command(renewal(lifetime), reply::flag, |key, _| {
            Ok(expire(key, lifetime).into())
        })
    }

    /// As [`expire`](Self::expire), under a condition; tells whether it took place.
    ///
    /// Sends `EXPIRE` or `PEXPIRE` with `NX`, `XX`, `GT` or `LT`, which needs Redis 7.0. O(1).
    pub fn expire_with(&self, lifetime: Duration, option: ExpireOption) -> Command<bool, X>
    where
        K: Extendable,
    {
        self.command(option.promise(lifetime), reply::flag, |key, _| {
            Ok(expire(key, lifetime).arg(option.word()).into())
        })
    }

    /// Gives the key another remaining lifetime in milliseconds; tells whether it exists.
    ///
    /// Sends `PEXPIRE`. O(1).
    pub fn pexpire(&self, lifetime: Duration) -> Command<bool, X>
    where
        K: Extendable,
    {
        self.command(renewal(lifetime), reply::flag, |key, _| {
            Ok(Args::on("PEXPIRE", key, 1).uint(millis(lifetime)).into())
        })
    }

    /// Lets the key expire at a moment, in whole seconds; tells whether it exists.
    ///
    /// Sends `EXPIREAT`. O(1).
    #[doc(alias = "expireat")]
    pub fn expire_at(&self, at: SystemTime) -> Command<bool, X>
    where
        K: Extendable,
    {
        let promise = moment(at);
        let at = TimestampS::from(at).get();
        self.command(promise, reply::flag, |key, _| {
            Ok(Args::on("EXPIREAT", key, 1).int(latest(at, 1000)).into())
        })
    }

    /// Lets the key expire at a moment, in milliseconds; tells whether it exists.
    ///
    /// Sends `PEXPIREAT`. O(1).
    #[doc(alias = "pexpireat")]
    pub fn pexpire_at(&self, at: SystemTime) -> Command<bool, X>
    where
        K: Extendable,
    {
        let promise = moment(at);
        let at = TimestampMs::from(at).get();
        self.command(promise, reply::flag, |key, _| {
            Ok(Args::on("PEXPIREAT", key, 1).int(latest(at, 1)).into())
        })
    }

    /// Takes the lifetime away, so that the key never expires; tells whether it had one. The next write
    /// gives it its declared lifetime again.
    ///
    /// Sends `PERSIST`. O(1).
    pub fn persist(&self) -> Command<bool, X>
    where
        K: Extendable,
    {
        self.bare(Promise::Repeatable, reply::flag, "PERSIST")
    }
}

/// A lifetime of nothing deletes the key, which is not there the second time.
pub(super) const fn renewal(lifetime: Duration) -> Promise {
    if lifetime.is_zero() {
        Promise::Repeatable
    } else {
        Promise::Idempotent
    }
}

/// A moment in the past deletes the key, as does one within what clocks may differ.
pub(super) fn moment(at: SystemTime) -> Promise {
    let left = at.duration_since(SystemTime::now()).unwrap_or_default();
    if left < CLOCKS_DIFFER {
        Promise::Repeatable
    } else {
        Promise::Idempotent
    }
}

/// More than the clocks of servers and their clients are apart.
const CLOCKS_DIFFER: Duration = Duration::from_secs(60);

/// `EXPIRE key seconds` or `PEXPIRE key milliseconds`.
fn expire(key: &[u8], lifetime: Duration) -> Args {
    let millis = millis(lifetime);
    if millis.is_multiple_of(1000) {
        Args::on("EXPIRE", key, 2).uint(millis / 1000)
    } else {
        Args::on("PEXPIRE", key, 2).uint(millis)
    }
}

/// Whole milliseconds, rounded up, within what servers accept.
pub(crate) fn millis(lifetime: Duration) -> u64 {
    let millis = lifetime.as_nanos().div_ceil(1_000_000);
    u64::try_from(millis).unwrap_or(LONGEST).min(LONGEST)
}

/// A moment within what servers accept, in units of so many milliseconds.
pub(super) fn latest(at: i64, millis: i64) -> i64 {
    let longest = i64::try_from(LONGEST).unwrap_or(i64::MAX) / millis;
    at.clamp(-longest, longest)
}

fn seconds(value: Value, spec: &'static Spec) -> Result<Ttl> {
    Ok(ttl(reply::int(value, spec)?, Duration::from_secs))
}

fn milliseconds(value: Value, spec: &'static Spec) -> Result<Ttl> {
    Ok(ttl(reply::int(value, spec)?, Duration::from_millis))
}

/// What the server answers about a remaining lifetime.
pub(super) fn ttl(left: i64, unit: fn(u64) -> Duration) -> Ttl {
    match left {
        -2 => Ttl::Missing,
        left => u64::try_from(left).map_or(Ttl::Persistent, |left| Ttl::Expires(unit(left))),
    }
}

/// What the server answers about a moment of expiry.
pub(super) fn expiry(at: i64) -> Expiry {
    match at {
        -2 => Expiry::Missing,
        at if at < 0 => Expiry::Persistent,
        at => TimestampMs::new(at)
            .to_system_time()
            .map_or(Expiry::Persistent, Expiry::At),
    }
}
