//! Maps: hashes from any number of fields to values of one type.

#![allow(clippy::type_complexity)] // pairs of what two codecs read

mod field_ttl;
mod number;
mod walk;
mod write;

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
use crate::script::script;
use crate::structure::HashMap;
use crate::unavailable::Instead;

/// Fields of a map with `field_ttl:` get their lifetime in the same transaction as they are written.
impl<K, F, C, X> Handle<K, X, HashMap<F, C>>
where
    K: Key<Structure = HashMap<F, C>>,
    F: Codec,
    C: Codec,
    X: Context,
{
    /// The value of a field; `None` when it or the key does not exist.
    ///
    /// Sends `HGET`. O(1).
    #[doc(alias = "get")]
    pub fn hget(&self, field: &F::Ref) -> Command<Option<C::Value>, X> {
        self.command(Promise::MayRenew, reply::optional::<C>, |key, lifetime| {
            let args = Args::on("HGET", key, 1).value::<F>(field);
            Ok(lifetime.read(key, args.map_err(Self::refused)?))
        })
        .instead(Instead::value(K::spec()))
    }

    /// The values of several fields in the order asked for; `None` for those that do not exist.
    ///
    /// Sends one `HMGET`; nothing when no field is given. O(n) in the number of fields asked for.
    pub fn hmget<B: AsValue<F::Ref>>(
        &self,
        fields: impl IntoIterator<Item = B>,
    ) -> Command<Vec<Option<C::Value>>, X> {
        let mut count = 0;
        let fields = fields.into_iter().inspect(|_| count += 1);
        let command =
            self.command(
                Promise::MayRenew,
                reply::optionals::<C>,
                |key, lifetime| match listed::<F, B>("HMGET", key, fields).map_err(Self::refused)? {
                    None => Ok(Payload::Ready(Value::Array(Vec::new()))),
                    Some(args) => Ok(lifetime.read(key, args)),
                },
            );
        command.instead(Instead::values(K::spec(), count))
    }

    /// Every field with its value, in no particular order; empty when the key does not exist.
    ///
    /// Sends `HGETALL`. O(n); walk a large map by `hscan`.
    #[doc(alias = "entries")]
    pub fn hgetall(&self) -> Command<Vec<(F::Value, C::Value)>, X> {
        self.command(Promise::MayRenew, entries::<F, C>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("HGETALL", key, 0)))
        })
        .instead(Instead::fields(K::spec()))
    }

    /// Every field, in no particular order.
    ///
    /// Sends `HKEYS`. O(n).
    #[doc(alias = "keys")]
    pub fn hkeys(&self) -> Command<Vec<F::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<F>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("HKEYS", key, 0)))
        })
        .instead(Instead::fields(K::spec()))
    }

    /// Every value, in no particular order.
    ///
    /// Sends `HVALS`. O(n).
    #[doc(alias = "values")]
    pub fn hvals(&self) -> Command<Vec<C::Value>, X> {
        self.command(Promise::MayRenew, reply::values::<C>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("HVALS", key, 0)))
        })
        .instead(Instead::fields(K::spec()))
    }

    /// Number of fields; 0 when the key does not exist.
    ///
    /// Sends `HLEN`. O(1).
    #[doc(alias = "len")]
    pub fn hlen(&self) -> Command<u64, X> {
        self.bare(Promise::Read, reply::count, "HLEN")
    }

    /// Whether there is no field, that is, no key.
    ///
    /// Sends `HLEN`. O(1).
    pub fn is_empty(&self) -> Command<bool, X> {
        self.bare(Promise::Read, reply::zero, "HLEN")
    }

    /// Whether a field exists.
    ///
    /// Sends `HEXISTS`. O(1).
    #[doc(alias = "contains")]
    pub fn hexists(&self, field: &F::Ref) -> Command<bool, X> {
        self.on_field(Promise::Read, reply::flag, "HEXISTS", field)
    }

    /// Length of a field's value at rest in bytes; 0 when it does not exist.
    ///
    /// Sends `HSTRLEN`. O(1).
    pub fn hstrlen(&self, field: &F::Ref) -> Command<u64, X> {
        self.on_field(Promise::Read, reply::count, "HSTRLEN", field)
    }

    /// Sets a field; tells whether it is new.
    ///
    /// Sends `HSET` and sets the lifetime in the same transaction. O(1).
    #[doc(alias = "insert")]
    pub fn hset(&self, field: &F::Ref, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            if expires::<K>() {
                let one = std::iter::once((field, value));
                let written = write::lasting::<K, F, C>(key, lifetime, one);
                return written.map_err(Self::refused);
            }
            let args = Args::on("HSET", key, 2)
                .value::<F>(field)
                .and_then(|args| args.value::<C>(value));
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Sets fields; returns how many are new.
    ///
    /// Sends one `HSET` and sets the lifetime in the same transaction; nothing when no field is given. O(n).
    #[doc(alias = "hset_many")]
    #[doc(alias = "extend")]
    pub fn hset_multiple<A: AsValue<F::Ref>, B: AsValue<C::Ref>>(
        &self,
        entries: impl IntoIterator<Item = (A, B)>,
    ) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, lifetime| {
            let entries = entries.into_iter();
            if expires::<K>() {
                let entries: Vec<(A, B)> = entries.collect();
                let entries =
                    (entries.iter()).map(|(field, value)| (field.as_value(), value.as_value()));
                let written = write::lasting::<K, F, C>(key, lifetime, entries);
                return written.map_err(Self::refused);
            }
            let mut args = Args::on("HSET", key, 2 * entries.size_hint().0);
            let mut empty = true;
            for (field, value) in entries {
                args = args
                    .value::<F>(field.as_value())
                    .and_then(|args| args.value::<C>(value.as_value()))
                    .map_err(Self::refused)?;
                empty = false;
            }
            if empty {
                return Ok(Payload::Ready(Value::Int(0)));
            }
            Ok(lifetime.write(key, args))
        })
    }

    /// Sets a field unless it exists; tells whether it did. Otherwise nothing changes, the lifetime neither.
    ///
    /// Runs a script around `HSETNX`. O(1). Atomic.
    #[doc(alias = "hsetnx")]
    pub fn hset_nx(&self, field: &F::Ref, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let script = if expires::<K>() {
                SET_NX_EXPIRING
            } else {
                SET_NX
            };
            let args = lifetime
                .script(Args::eval(script, key))
                .value::<F>(field)
                .and_then(|args| args.value::<C>(value))
                .map_err(Self::refused)?;
            Ok(write::field_millis::<K>(args).into())
        })
    }

    /// Removes a field; tells whether it was there. The lifetime stays; the key goes with its last field.
    ///
    /// Sends `HDEL`. O(1).
    #[doc(alias = "remove")]
    pub fn hdel(&self, field: &F::Ref) -> Command<bool, X> {
        self.on_field(Promise::Repeatable, reply::flag, "HDEL", field)
    }

    /// Removes fields; returns how many were there.
    ///
    /// Sends one `HDEL`; nothing when no field is given. O(n) in the number of fields given.
    pub fn hdel_many<B: AsValue<F::Ref>>(
        &self,
        fields: impl IntoIterator<Item = B>,
    ) -> Command<u64, X> {
        self.command(
            Promise::Repeatable,
            reply::count,
            |key, _| match listed::<F, B>("HDEL", key, fields).map_err(Self::refused)? {
                None => Ok(Payload::Ready(Value::Int(0))),
                Some(args) => Ok(args.into()),
            },
        )
    }

    fn on_field<R>(
        &self,
        promise: Promise,
        decode: reply::Decode<R>,
        name: &'static str,
        field: &F::Ref,
    ) -> Command<R, X> {
        self.command(promise, decode, |key, _| {
            let args = Args::on(name, key, 1).value::<F>(field);
            Ok(args.map_err(Self::refused)?.into())
        })
    }
}

/// Whether fields have a lifetime of their own.
fn expires<K: Key>() -> bool {
    !K::spec().field_lifetime.is_never()
}

/// Fields with their values.
fn entries<F: Codec, C: Codec>(
    value: Value,
    spec: &'static Spec,
) -> Result<Vec<(F::Value, C::Value)>> {
    reply::pairs(value, spec)?
        .into_iter()
        .map(|(field, value)| {
            Ok((
                reply::value::<F>(field, spec)?,
                reply::value::<C>(value, spec)?,
            ))
        })
        .collect()
}

const SET_NX: &str = script!(
    "if redis.call('HSETNX',KEYS[1],ARGV[3],ARGV[4])==0 then return 0 end"
    "live(KEYS[1])"
    "return 1"
);
const SET_NX_EXPIRING: &str = script!(
    "if redis.call('HSETNX',KEYS[1],ARGV[3],ARGV[4])==0 then return 0 end"
    "redis.call('HPEXPIRE',KEYS[1],ARGV[5],'FIELDS',1,ARGV[3])"
    "live(KEYS[1])"
    "return 1"
);
