//! Numeric fields of a record.

use crate::cmd::Args;
use crate::codec::{Countable, Text};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::bounds::{bounded, finite, in_range};
use crate::key::Key;
use crate::lifetime::Lifetime;
use crate::payload::Payload;
use crate::record::{Field, Record};
use crate::reply;
use crate::retry::Promise;
use crate::structure::Hash;

use super::change::declared;
use super::field::names;
use super::touch::{touch, touch_script, touches};

/// A field that does not exist counts from 0.
impl<K: Key<Structure = Hash<R>>, R: Record, X: Context> Handle<K, X, Hash<R>> {
    /// Adds to an integer field; returns the result. The number may be negative.
    ///
    /// Sends `HINCRBY` and sets the lifetime in the same transaction; a script around it where the
    /// field's type or range is narrower than the server's counters. O(1).
    ///
    /// # Errors
    /// [`OutOfRange`](crate::ErrorKind::OutOfRange) when the result would leave the field's range;
    /// nothing changes then.
    #[doc(alias = "hincrby")]
    pub fn hincr<C: Countable, P>(&self, field: Field<R, C, P>, by: i64) -> Command<C::Value, X> {
        self.command(Promise::Unsafe, in_range::<C>, |key, lifetime| {
            if C::UNBOUNDED && field.former().is_empty() {
                let args = Args::on("HINCRBY", key, 2)
                    .arg(field.name().as_bytes())
                    .int(by);
                return Ok(counted::<R>(key, lifetime, args, field.name()));
            }
            let expires = declared::<R>(field.name());
            let script = if expires.is_some() {
                COUNT_EXPIRING
            } else {
                COUNT
            };
            let args = touches::<R>(lifetime.script(Args::eval(script, key)), expires);
            Ok(names(args.bounds(by, C::MIN, C::MAX), field).into())
        })
    }

    /// Adds to a floating-point field; returns the result. The number may be negative.
    ///
    /// Sends `HINCRBYFLOAT` and sets the lifetime in the same transaction. O(1).
    ///
    /// # Errors
    /// [`Encode`](crate::ErrorKind::Encode) when the number is not finite;
    /// [`OutOfRange`](crate::ErrorKind::OutOfRange) when the result is not.
    #[doc(alias = "hincrbyfloat")]
    pub fn hincr_by_float<P>(&self, field: Field<R, Text<f64>, P>, by: f64) -> Command<f64, X> {
        self.command(Promise::Unsafe, reply::float, |key, lifetime| {
            let by = finite(by).map_err(Self::refused)?;
            if field.former().is_empty() {
                let args = Args::on("HINCRBYFLOAT", key, 2)
                    .arg(field.name().as_bytes())
                    .float(by);
                return Ok(counted::<R>(key, lifetime, args, field.name()));
            }
            let args = lifetime.script(Args::eval(COUNT_FLOAT, key));
            let args = touches::<R>(args, declared::<R>(field.name()));
            Ok(names(args.float(by), field).into())
        })
    }
}

fn counted<R: Record>(key: &[u8], lifetime: &Lifetime, args: Args, field: &str) -> Payload {
    let expire = declared::<R>(field).map(|it| it.lifetime.after_count(key, &[field]));
    let commands = [Some(args), touch::<R>(key), expire];
    lifetime.write_all(key, 0, commands.into_iter().flatten().collect())
}

/// A script on a field, named from `ARGV[$first]` on, whose value it first moves to the present name.
macro_rules! field_script {
    ($first:literal, $($line:literal)+) => {
        touch_script!(
            "local at=" $first
            "local field=ARGV[at]"
            "for i=at+1,#ARGV do"
            "local value=redis.call('HGET',KEYS[1],ARGV[i])"
            "if value then"
            "redis.call('HSETNX',KEYS[1],field,value) redis.call('HDEL',KEYS[1],ARGV[i])"
            "end end"
            $($line)+
        )
    };
}

/// With the amount and the bounds before the names.
macro_rules! bounded_field_script {
    ($($line:literal)+) => { field_script!("own+3", $($line)+) };
}

const COUNT: &str = bounded!(
    bounded_field_script,
    "ARGV[own],ARGV[own+1],ARGV[own+2]",
    "redis.call('HGET',KEYS[1],field)",
    "redis.call('HINCRBY',KEYS[1],field,by)",
    "if old then redis.call('HSET',KEYS[1],field,old) else redis.call('HDEL',KEYS[1],field) end",
    "touch() live(KEYS[1])"
);
/// As [`COUNT`], for a field with a lifetime, the last of those that `touch()` knows: putting the old text back
/// takes the lifetime away.
const COUNT_EXPIRING: &str = bounded!(
    bounded_field_script,
    "ARGV[own],ARGV[own+1],ARGV[own+2] \
     local ends=(redis.call('HPEXPIRETIME',KEYS[1],'FIELDS',1,field) or {})[1] or -2",
    "redis.call('HGET',KEYS[1],field)",
    "redis.call('HINCRBY',KEYS[1],field,by)",
    "if old then redis.call('HSET',KEYS[1],field,old) \
     if ends>0 then redis.call('HPEXPIREAT',KEYS[1],ends,'FIELDS',1,field) \
     else redis.call('HPEXPIRE',KEYS[1],string.sub(ARGV[own-2],2),'FIELDS',1,field) end \
     else redis.call('HDEL',KEYS[1],field) end",
    "touch() live(KEYS[1])"
);
const COUNT_FLOAT: &str = field_script!(
    "own+1",
    "local new=redis.call('HINCRBYFLOAT',KEYS[1],field,ARGV[own])"
    "touch() live(KEYS[1])"
    "return new"
);
