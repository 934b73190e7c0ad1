//! Records: hashes whose fields are declared.

mod edits;
mod field;
mod fields;
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
use crate::record::{FieldReader, FieldWriter, Record};
use crate::reply;
use crate::structure::Hash;

use touch::{touch, touch_script, touches};

/// Fields with `touch: on_write` are set to the server's time by every write, in the same transaction.
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
        self.command(record::<R>, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("HGETALL", key, 0)))
        })
    }

    /// Stores the whole record: fields that are absent in it are removed, undeclared ones stay. A record
    /// without a single field does not exist.
    ///
    /// Sends `HSET` and `HDEL` and sets the lifetime in one transaction. O(n) in the number of fields.
    #[doc(alias = "hset_multiple")]
    #[doc(alias = "set")]
    pub fn hset(&self, record: &R) -> Command<(), X> {
        self.command(reply::unit, |key, lifetime| {
            whole(key, lifetime, record).map_err(Self::refused)
        })
    }

    /// Stores the record unless the key exists; tells whether it did.
    ///
    /// Runs a script around `HSET`. O(n) in the number of fields. Atomic.
    pub fn create(&self, record: &R) -> Command<bool, X> {
        self.command(reply::flag, |key, lifetime| {
            let args = touches::<R>(lifetime.script_anew(Args::eval(CREATE, key)));
            let (args, _, _) =
                write_fields(args, |out| record.encode(out)).map_err(Self::refused)?;
            Ok(args.into())
        })
    }

    /// Number of fields stored; 0 when the key does not exist.
    ///
    /// Sends `HLEN`. O(1).
    #[doc(alias = "len")]
    pub fn hlen(&self) -> Command<u64, X> {
        self.bare(reply::count, "HLEN")
    }

    /// Names of the fields stored, undeclared ones too.
    ///
    /// Sends `HKEYS`. O(n) in the number of fields.
    pub fn hkeys(&self) -> Command<Vec<String>, X> {
        self.command(names, |key, lifetime| {
            Ok(lifetime.read(key, Args::on("HKEYS", key, 0)))
        })
    }
}

/// The transaction that stores a whole record.
fn whole<R: Record>(key: &[u8], lifetime: &Lifetime, record: &R) -> Result<Payload, Problem> {
    let args = Args::on("HSET", key, 2 * R::FIELDS.len());
    let (args, written, gone) = write_fields(args, |out| record.encode(out))?;
    let set = (written > 0).then_some(args);
    let commands: Vec<Args> = [set, hdel(key, &gone), touch::<R>(key)]
        .into_iter()
        .flatten()
        .collect();
    if commands.is_empty() {
        return Ok(Payload::Ready(Value::Okay));
    }
    Ok(lifetime.write_all(key, 0, commands))
}

/// Appends fields; tells how many, and which names must not be there.
fn write_fields(
    mut args: Args,
    write: impl FnOnce(&mut FieldWriter<'_>) -> Result<(), Problem>,
) -> Result<(Args, usize, Vec<&'static str>), Problem> {
    let mut writer = FieldWriter::new(args.cmd_mut());
    write(&mut writer)?;
    let (written, gone) = writer.finish();
    Ok((args, written, gone))
}

/// `HDEL key name…`; `None` without names.
fn hdel(key: &[u8], names: &[&'static str]) -> Option<Args> {
    if names.is_empty() {
        return None;
    }
    let args = Args::on("HDEL", key, names.len());
    Some(
        names
            .iter()
            .fold(args, |args, name| args.arg(name.as_bytes())),
    )
}

fn record<R: Record>(value: Value, spec: &'static Spec) -> Result<Option<R>> {
    let stored = reply::pairs(value, spec)?
        .into_iter()
        .map(|(name, value)| Ok((reply::bytes(name, spec)?, reply::bytes(value, spec)?)))
        .collect::<Result<Vec<_>>>()?;
    let mut reader = FieldReader::new(stored.into_iter());
    if reader.is_empty() {
        return Ok(None);
    }
    R::decode(&mut reader)
        .map(Some)
        .map_err(|problem| Error::corrupt(spec.template, problem))
}

fn names(value: Value, spec: &'static Spec) -> Result<Vec<String>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|name| reply::text(name, spec))
        .collect()
}

const CREATE: &str = touch_script!(
    "if redis.call('EXISTS',KEYS[1])==1 then return 0 end"
    "for i=own,#ARGV-1,2 do redis.call('HSET',KEYS[1],ARGV[i],ARGV[i+1]) end"
    "touch() live(KEYS[1])"
    "return redis.call('EXISTS',KEYS[1])"
);
