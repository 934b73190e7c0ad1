//! Lifetimes of single fields of a record.

use std::time::{Duration, SystemTime};

use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::expiry::{moment as renewal_at, renewal};
use crate::handle::field_expiry::{after, at as until, changed, milliseconds, moment, on, seconds};
use crate::handle::{ExpireOption, Expiry, FieldTtlChange, Handle, Ttl};
use crate::key::Key;
use crate::lifetime::Lifetime;
use crate::record::{Expiring, Field, Record};
use crate::retry::Promise;
use crate::structure::Hash;

use super::change::declared;
use super::field::{first_of, names as names_of};

/// Fields that are declared with a `ttl:` of their own. What is changed here lasts until the next write of the
/// field.
impl<K: Key<Structure = Hash<R>>, R: Record, X: Context> Handle<K, X, Hash<R>> {
    /// How long a field still lives, in seconds rounded by the server; [`hpttl`](Self::hpttl) is exact.
    ///
    /// Sends `HTTL`, which needs Redis 7.4. O(1).
    pub fn httl<C>(&self, field: Field<R, C, Expiring>) -> Command<Ttl, X> {
        self.command(Promise::Read, seconds, |key, _| {
            let names = 1 + field.former().len();
            Ok(names_of(on("HTTL", key, names), field).into())
        })
    }

    /// How long a field still lives, in milliseconds.
    ///
    /// Sends `HPTTL`, which needs Redis 7.4. O(1).
    pub fn hpttl<C>(&self, field: Field<R, C, Expiring>) -> Command<Ttl, X> {
        self.command(Promise::Read, milliseconds, |key, _| {
            let names = 1 + field.former().len();
            Ok(names_of(on("HPTTL", key, names), field).into())
        })
    }

    /// When a field expires, by the server's clock.
    ///
    /// Sends `HPEXPIRETIME`, which needs Redis 7.4. O(1).
    #[doc(alias = "hpexpiretime")]
    #[doc(alias = "hexpiretime")]
    pub fn hexpire_time<C>(&self, field: Field<R, C, Expiring>) -> Command<Expiry, X> {
        self.command(Promise::Read, moment, |key, _| {
            let names = 1 + field.former().len();
            Ok(names_of(on("HPEXPIRETIME", key, names), field).into())
        })
    }

    /// Gives a field another remaining lifetime; a duration of zero deletes it.
    ///
    /// Sends `HEXPIRE`, or `HPEXPIRE` where the duration is not in whole seconds; either needs Redis 7.4. O(1).
    #[doc(alias = "hpexpire")]
    pub fn hexpire<C>(
        &self,
        field: Field<R, C, Expiring>,
        lifetime: Duration,
    ) -> Command<FieldTtlChange, X> {
        self.command(renewal(lifetime), changed, |key, _| {
            let names = 1 + field.former().len();
            Ok(names_of(after(key, lifetime, None, names), field).into())
        })
    }

    /// As [`hexpire`](Self::hexpire), under a condition.
    ///
    /// Sends `HEXPIRE` or `HPEXPIRE` with `NX`, `XX`, `GT` or `LT`, which needs Redis 7.4. O(1).
    pub fn hexpire_with<C>(
        &self,
        field: Field<R, C, Expiring>,
        lifetime: Duration,
        option: ExpireOption,
    ) -> Command<FieldTtlChange, X> {
        self.command(option.promise(lifetime), changed, |key, _| {
            let names = 1 + field.former().len();
            Ok(names_of(after(key, lifetime, Some(option), names), field).into())
        })
    }

    /// Lets a field expire at a moment, in milliseconds; one in the past deletes it.
    ///
    /// Sends `HPEXPIREAT`, which needs Redis 7.4. O(1).
    #[doc(alias = "hpexpireat")]
    #[doc(alias = "hexpireat")]
    pub fn hexpire_at<C>(
        &self,
        field: Field<R, C, Expiring>,
        at: SystemTime,
    ) -> Command<FieldTtlChange, X> {
        self.command(renewal_at(at), changed, |key, _| {
            let names = 1 + field.former().len();
            Ok(names_of(until(key, at, names), field).into())
        })
    }

    /// Takes the lifetime of a field away. The next write gives it its declared lifetime again.
    ///
    /// Sends `HPERSIST`, which needs Redis 7.4. O(1).
    pub fn hpersist<C>(&self, field: Field<R, C, Expiring>) -> Command<FieldTtlChange, X> {
        self.command(Promise::Repeatable, changed, |key, _| {
            let names = 1 + field.former().len();
            Ok(names_of(on("HPERSIST", key, names), field).into())
        })
    }

    /// Starts the declared lifetime of a field anew.
    ///
    /// Sends `HEXPIRE` or `HPEXPIRE`, which needs Redis 7.4. O(1).
    pub fn hrefresh_ttl<C>(&self, field: Field<R, C, Expiring>) -> Command<FieldTtlChange, X> {
        self.command(Promise::Idempotent, changed, |key, _| {
            let names = 1 + field.former().len();
            let millis = lifetime_of::<K, R, C>(field)?.field_millis();
            let args = after(key, Duration::from_millis(millis), None, names);
            Ok(names_of(args, field).into())
        })
    }

    /// One field, its declared lifetime started anew; `None` when it or the key does not exist.
    ///
    /// Sends `HGETEX` where the schema is for Redis 8.0 or later, else `HMGET` and `HEXPIRE` in one
    /// transaction. O(1).
    #[doc(alias = "hgetex")]
    pub fn hget_ex<C: Codec>(&self, field: Field<R, C, Expiring>) -> Command<Option<C::Value>, X> {
        self.command(Promise::Renews, first_of::<C>, |key, lifetime| {
            let count = 1 + field.former().len();
            let names = |args| names_of(args, field);
            let fields = lifetime_of::<K, R, C>(field)?;
            Ok(lifetime.read_first(key, fields.get_field_anew(key, count, names)))
        })
    }
}

/// The declared lifetime of a field.
fn lifetime_of<K: Key<Structure = Hash<R>>, R: Record, C>(
    field: Field<R, C, Expiring>,
) -> Result<&'static Lifetime> {
    let declared = declared::<R>(field.name()).map(|it| &it.lifetime);
    declared.ok_or_else(|| {
        let problem = format!("`{}` has no lifetime of its own", field.name());
        Error::new(ErrorKind::Encode, K::spec().template, problem)
    })
}
