//! One field of a record.

use redis::Value;

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::record::{Field, MayBeAbsent, Record};
use crate::reply;
use crate::retry::Promise;
use crate::structure::Hash;
use crate::unavailable::Instead;

use super::change::{change, declared, write_fields};
use super::touch::{touch_existing, touch_script, touches};

/// Writes of single fields create the key where there is none, and with it a record that lacks its other
/// fields: use [`update`](Handle::update) for a record that may have expired.
impl<K: Key<Structure = Hash<R>>, R: Record, X: Context> Handle<K, X, Hash<R>> {
    /// One field; `None` when it or the key does not exist.
    ///
    /// Sends `HGET`; `HMGET` for a field that had other names. O(1).
    pub fn hget<C: Codec, P>(&self, field: Field<R, C, P>) -> Command<Option<C::Value>, X> {
        if field.former().is_empty() {
            return self
                .command(Promise::MayRenew, reply::optional::<C>, |key, lifetime| {
                    let args = Args::on("HGET", key, 1).arg(field.name().as_bytes());
                    Ok(lifetime.read(key, args))
                })
                .instead(Instead::value(K::spec()));
        }
        self.command(Promise::MayRenew, first_of::<C>, |key, lifetime| {
            Ok(lifetime.read(key, named("HMGET", key, field)))
        })
        .instead(Instead::values(K::spec(), 1 + field.former().len()))
    }

    /// Whether the field exists.
    ///
    /// Sends `HEXISTS`; `HMGET` for a field that had other names. O(1).
    pub fn hexists<C, P>(&self, field: Field<R, C, P>) -> Command<bool, X> {
        if field.former().is_empty() {
            return self.command(Promise::Read, reply::flag, |key, _| {
                Ok(named("HEXISTS", key, field).into())
            });
        }
        self.command(Promise::Read, any, |key, _| {
            Ok(named("HMGET", key, field).into())
        })
    }

    /// Sets one field.
    ///
    /// Sends `HSET` and sets the lifetime in the same transaction. O(1).
    pub fn hset_field<C: Codec, P>(&self, field: Field<R, C, P>, value: &C::Ref) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, lifetime| {
            let write = write_fields(Args::on("HSET", key, 2), R::EXPIRES, |out| {
                out.put::<C>(field.name(), value)?;
                out.former(field.former());
                Ok(())
            });
            let (args, written) = write.map_err(Self::refused)?;
            Ok(change::<R>(key, lifetime, args, written))
        })
        .instead(Instead::done(K::spec()))
    }

    /// Sets one field unless it exists; tells whether it did. Otherwise nothing changes, the lifetime
    /// neither.
    ///
    /// Runs a script around `HSET`. O(1). Atomic.
    #[doc(alias = "hsetnx")]
    pub fn hset_nx<C: Codec, P>(&self, field: Field<R, C, P>, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let args = lifetime.script(Args::eval(SET_NX, key));
            let args = touches::<R>(args, declared::<R>(field.name()));
            let args = args.value::<C>(value).map_err(Self::refused)?;
            Ok(names(args, field).into())
        })
    }

    /// Removes a field that may be absent; tells whether it was there. The lifetime stays.
    ///
    /// Sends `HDEL`. O(1).
    pub fn hdel<C, P: MayBeAbsent>(&self, field: Field<R, C, P>) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            let args = named("HDEL", key, field).into_cmd();
            Ok(match touch_existing::<R>(key) {
                None => crate::payload::Payload::One(args),
                Some(touch) => crate::payload::Payload::atomic_first(vec![args, touch.into_cmd()]),
            })
        })
    }
}

/// `name key field…`, the field under all its names.
pub(super) fn named<R, C, P>(name: &str, key: &[u8], field: Field<R, C, P>) -> Args {
    names(Args::on(name, key, 1 + field.former().len()), field)
}

/// Appends all names of the field, the present one first.
pub(super) fn names<R, C, P>(args: Args, field: Field<R, C, P>) -> Args {
    field
        .former()
        .iter()
        .fold(args.arg(field.name().as_bytes()), |args, name| {
            args.arg(name.as_bytes())
        })
}

/// The first value that is there.
pub(super) fn first_of<C: Codec>(value: Value, spec: &'static Spec) -> Result<Option<C::Value>> {
    reply::list(value, spec)?
        .into_iter()
        .find(|value| *value != Value::Nil)
        .map(|value| reply::value::<C>(value, spec))
        .transpose()
}

fn any(value: Value, spec: &'static Spec) -> Result<bool> {
    Ok(reply::list(value, spec)?
        .iter()
        .any(|value| *value != Value::Nil))
}

const SET_NX: &str = touch_script!(
    "for i=own+1,#ARGV do"
    "if redis.call('HEXISTS',KEYS[1],ARGV[i])==1 then return 0 end end"
    "redis.call('HSET',KEYS[1],ARGV[own+1],ARGV[own])"
    "touch() live(KEYS[1])"
    "return 1"
);
