//! Records: hashes whose fields are declared.

mod change;
mod edits;
mod field;
mod field_ttl;
mod fields;
mod load;
mod number;
mod touch;

pub use edits::Edits;
pub use fields::{Assignments, Fields};

use redis::Value;

use crate::cmd::Args;
use crate::codec::Problem;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::lifetime::Lifetime;
use crate::payload::Payload;
use crate::record::{FieldReader, Record};
use crate::reply;
use crate::retry::Promise;
use crate::structure::Hash;
use crate::unavailable::Instead;

use change::{change, write_fields};
use touch::{touch_script, touches};

/// Fields with `touch: on_write` are set to the server's time by every write, in the same transaction; fields
/// with a `ttl:` of their own get it in the same transaction as they are written.
impl<K: Key<Structure = Hash<R>>, R: Record, X: Context> Handle<K, X, Hash<R>> {
    /// The record; `None` when the key does not exist.
    ///
    /// Sends `HGETALL`. O(n) in the number of fields.
    ///
    /// # Errors
    /// [`Corrupt`](crate::ErrorKind::Corrupt) when a required field is absent or a value is not what the
    /// schema says.
    #[doc(alias = "get")]
    pub fn hgetall(&self) -> Command<Option<R>, X> {
        self.command(Promise::MayRenew, record::<R>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("HGETALL", key, 0)))
        })
        .instead(Instead::fields(K::spec()))
    }

    /// Stores the whole record: fields that are absent in it are removed, undeclared ones stay. A record
    /// without a single field does not exist.
    ///
    /// Sends `HSET` and `HDEL` and sets the lifetime in one transaction. O(n) in the number of fields.
    #[doc(alias = "hset_multiple")]
    #[doc(alias = "set")]
    pub fn hset(&self, record: &R) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, lifetime| {
            whole(key, lifetime, record).map_err(Self::refused)
        })
        .instead(Instead::done(K::spec()))
    }

    /// Stores the record unless the key exists; tells whether it did.
    ///
    /// Runs a script around `HSET`. O(n) in the number of fields. Atomic.
    pub fn create(&self, record: &R) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let args = lifetime.script_anew(Args::eval(CREATE, key));
            let args = touches::<R>(args, R::EXPIRES);
            // What is kept where there is nothing yet is an ordinary field.
            Ok(write_fields(args, &[], |out| record.encode(out))
                .map_err(Self::refused)?
                .0
                .into())
        })
    }

    /// Number of fields stored; 0 when the key does not exist.
    ///
    /// Sends `HLEN`. O(1).
    #[doc(alias = "len")]
    pub fn hlen(&self) -> Command<u64, X> {
        self.bare(Promise::Read, reply::count, "HLEN")
    }

    /// Names of the fields stored, undeclared ones too.
    ///
    /// Sends `HKEYS`. O(n) in the number of fields.
    pub fn hkeys(&self) -> Command<Vec<String>, X> {
        self.command(Promise::MayRenew, names, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("HKEYS", key, 0)))
        })
        .instead(Instead::fields(K::spec()))
    }
}

/// The transaction that stores a whole record.
fn whole<R: Record>(key: &[u8], lifetime: &Lifetime, record: &R) -> Result<Payload, Problem> {
    let args = Args::on("HSET", key, 2 * R::FIELDS.len());
    let (args, written) = write_fields(args, R::EXPIRES, |out| record.encode(out))?;
    Ok(change::<R>(key, lifetime, args, written))
}

fn record<R: Record>(value: Value, spec: &'static Spec) -> Result<Option<R>> {
    let reader = stored(value, spec)?;
    if reader.is_empty() {
        return Ok(None);
    }
    decoded(reader, spec).map(Some)
}

/// The fields that a reply holds.
fn stored(value: Value, spec: &'static Spec) -> Result<FieldReader> {
    let stored = reply::pairs(value, spec)?
        .into_iter()
        .map(|(name, value)| Ok((reply::bytes(name, spec)?, reply::bytes(value, spec)?)))
        .collect::<Result<Vec<_>>>()?;
    Ok(FieldReader::new(stored.into_iter()))
}

fn decoded<R: Record>(mut reader: FieldReader, spec: &'static Spec) -> Result<R> {
    R::decode(&mut reader).map_err(|problem| Error::corrupt(spec.template, problem))
}

fn names(value: Value, spec: &'static Spec) -> Result<Vec<String>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|name| reply::text(name, spec))
        .collect()
}

const CREATE: &str = touch_script!(
    "if redis.call('EXISTS',KEYS[1])==1 then return 0 end"
    // So many at once as its stack surely holds.
    "for i=own,#ARGV,1000 do redis.call('HSET',KEYS[1],unpack(ARGV,i,math.min(i+999,#ARGV))) end"
    "touch() live(KEYS[1])"
    "if #ARGV>own then return 1 end"
    "return redis.call('EXISTS',KEYS[1])"
);
