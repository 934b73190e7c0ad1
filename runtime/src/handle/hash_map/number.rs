//! Maps to numbers.

use std::ops::RangeInclusive;

use crate::cmd::Args;
use crate::codec::{Codec, Countable, Text};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::bounds::{bounded, finite, in_range};
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::script::script;
use crate::structure::HashMap;
use crate::value::Integer;

use super::expires;
use super::write::{counted, field_rule};

/// A field that does not exist counts from 0.
impl<K, F, C, X> Handle<K, X, HashMap<F, C>>
where
    K: Key<Structure = HashMap<F, C>>,
    F: Codec,
    C: Countable<Value: Integer>,
    X: Context,
{
    /// Adds to a field; returns the result. The number may be negative.
    ///
    /// Sends `HINCRBY` and sets the lifetime in the same transaction; a script around it where the type or
    /// range of the values is narrower than the server's counters. O(1).
    ///
    /// # Errors
    /// [`OutOfRange`](crate::ErrorKind::OutOfRange) when the result would leave the range of the values;
    /// nothing changes then.
    #[doc(alias = "hincrby")]
    pub fn hincr(&self, field: &F::Ref, by: i64) -> Command<C::Value, X> {
        self.command(Promise::Unsafe, in_range::<C>, |key, lifetime| {
            if C::UNBOUNDED {
                let args = Args::on("HINCRBY", key, 2).value::<F>(field);
                let args = args.map_err(Self::refused)?.int(by);
                let counted = counted::<K, F>(key, lifetime, args, field);
                return counted.map_err(Self::refused);
            }
            let args = lifetime.script(Args::eval(count::<K>(), key));
            let args = args.bounds(by, C::MIN, C::MAX).value::<F>(field);
            Ok(field_rule::<K>(args.map_err(Self::refused)?).into())
        })
    }

    /// Adds to a field if the result lies within the bounds; returns it, or `None` when it would not: then
    /// nothing changes.
    ///
    /// Runs a script around `HINCRBY`. O(1). Atomic.
    pub fn hincr_bounded(
        &self,
        field: &F::Ref,
        by: i64,
        bounds: RangeInclusive<C::Value>,
    ) -> Command<Option<C::Value>, X> {
        self.command(Promise::Unsafe, reply::optional::<C>, |key, lifetime| {
            let (min, max) = bounds.into_inner();
            let args = lifetime
                .script(Args::eval(count::<K>(), key))
                .bounds(by, min.to_server().max(C::MIN), max.to_server().min(C::MAX))
                .value::<F>(field);
            Ok(field_rule::<K>(args.map_err(Self::refused)?).into())
        })
    }
}

/// The script that counts.
fn count<K: Key>() -> &'static str {
    if expires::<K>() {
        COUNT_EXPIRING
    } else {
        COUNT
    }
}

/// A field that does not exist counts from 0.
impl<K, F, X> Handle<K, X, HashMap<F, Text<f64>>>
where
    K: Key<Structure = HashMap<F, Text<f64>>>,
    F: Codec,
    X: Context,
{
    /// Adds to a field; returns the result. The number may be negative.
    ///
    /// Sends `HINCRBYFLOAT` and sets the lifetime in the same transaction. O(1).
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when the number is not finite;
    /// [`OutOfRange`](crate::ErrorKind::OutOfRange) when the result is not.
    #[doc(alias = "hincrbyfloat")]
    pub fn hincr_by_float(&self, field: &F::Ref, by: f64) -> Command<f64, X> {
        self.command(Promise::Unsafe, reply::float, |key, lifetime| {
            let args = finite(by).and_then(|by| {
                Ok(Args::on("HINCRBYFLOAT", key, 3)
                    .value::<F>(field)?
                    .float(by))
            });
            let args = args.map_err(Self::refused)?;
            counted::<K, F>(key, lifetime, args, field).map_err(Self::refused)
        })
    }
}

const COUNT: &str = bounded!(
    script,
    "ARGV[3],ARGV[4],ARGV[5]",
    "redis.call('HGET',KEYS[1],ARGV[6])",
    "redis.call('HINCRBY',KEYS[1],ARGV[6],by)",
    "if old then redis.call('HSET',KEYS[1],ARGV[6],old) else redis.call('HDEL',KEYS[1],ARGV[6]) end",
    "live(KEYS[1])"
);
/// As [`COUNT`], with the field's milliseconds and what becomes of a lifetime that it has: putting the old text
/// back takes it away.
const COUNT_EXPIRING: &str = bounded!(
    script,
    "ARGV[3],ARGV[4],ARGV[5] \
     local field,ms=ARGV[6],ARGV[7] \
     local ends=(redis.call('HPEXPIRETIME',KEYS[1],'FIELDS',1,field) or {})[1] or -2",
    "redis.call('HGET',KEYS[1],field)",
    "redis.call('HINCRBY',KEYS[1],field,by)",
    "if old then redis.call('HSET',KEYS[1],field,old) \
     if ends>0 then redis.call('HPEXPIREAT',KEYS[1],ends,'FIELDS',1,field) \
     else redis.call('HPEXPIRE',KEYS[1],ms,'FIELDS',1,field) end \
     else redis.call('HDEL',KEYS[1],field) end",
    "if ends<=0 or ARGV[8]=='anew' then redis.call('HPEXPIRE',KEYS[1],ms,'FIELDS',1,field) end \
     live(KEYS[1])"
);
