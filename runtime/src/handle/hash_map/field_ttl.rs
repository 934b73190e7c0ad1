//! Lifetimes of single fields of a map.

use std::time::{Duration, SystemTime};

use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::expiry::{moment as renewal_at, renewal};
use crate::handle::field_expiry::{after, at as until, changed, milliseconds, moment, on, seconds};
use crate::handle::{ExpireOption, Expiry, FieldTtlChange, Handle, Ttl};
use crate::key::{FieldsExpire, Key};
use crate::reply;
use crate::retry::Promise;
use crate::structure::HashMap;

/// Maps with `field_ttl:`. What is changed here lasts until the next write of the field.
impl<K, F, C, X> Handle<K, X, HashMap<F, C>>
where
    K: Key<Structure = HashMap<F, C>> + FieldsExpire,
    F: Codec,
    C: Codec,
    X: Context,
{
    /// How long a field still lives, in seconds rounded by the server; [`hpttl`](Self::hpttl) is exact.
    ///
    /// Sends `HTTL`, which needs Redis 7.4. O(1).
    pub fn httl(&self, field: &F::Ref) -> Command<Ttl, X> {
        self.command(Promise::Read, seconds, |key, _| {
            let args = on("HTTL", key, 1).value::<F>(field);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// How long a field still lives, in milliseconds.
    ///
    /// Sends `HPTTL`, which needs Redis 7.4. O(1).
    pub fn hpttl(&self, field: &F::Ref) -> Command<Ttl, X> {
        self.command(Promise::Read, milliseconds, |key, _| {
            let args = on("HPTTL", key, 1).value::<F>(field);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// When a field expires, by the server's clock.
    ///
    /// Sends `HPEXPIRETIME`, which needs Redis 7.4. O(1).
    #[doc(alias = "hpexpiretime")]
    #[doc(alias = "hexpiretime")]
    pub fn hexpire_time(&self, field: &F::Ref) -> Command<Expiry, X> {
        self.command(Promise::Read, moment, |key, _| {
            let args = on("HPEXPIRETIME", key, 1).value::<F>(field);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Gives a field another remaining lifetime; a duration of zero deletes it.
    ///
    /// Sends `HEXPIRE`, or `HPEXPIRE` where the duration is not in whole seconds; either needs Redis 7.4. O(1).
    #[doc(alias = "hpexpire")]
    pub fn hexpire(&self, field: &F::Ref, lifetime: Duration) -> Command<FieldTtlChange, X> {
        self.command(renewal(lifetime), changed, |key, _| {
            let args = after(key, lifetime, None, 1).value::<F>(field);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// As [`hexpire`](Self::hexpire), under a condition.
    ///
    /// Sends `HEXPIRE` or `HPEXPIRE` with `NX`, `XX`, `GT` or `LT`, which needs Redis 7.4. O(1).
    pub fn hexpire_with(
        &self,
        field: &F::Ref,
        lifetime: Duration,
        option: ExpireOption,
    ) -> Command<FieldTtlChange, X> {
        self.command(option.promise(lifetime), changed, |key, _| {
            let args = after(key, lifetime, Some(option), 1).value::<F>(field);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Lets a field expire at a moment, in milliseconds; one in the past deletes it.
    ///
    /// Sends `HPEXPIREAT`, which needs Redis 7.4. O(1).
    #[doc(alias = "hpexpireat")]
    #[doc(alias = "hexpireat")]
    pub fn hexpire_at(&self, field: &F::Ref, at: SystemTime) -> Command<FieldTtlChange, X> {
        self.command(renewal_at(at), changed, |key, _| {
            let args = until(key, at, 1).value::<F>(field);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Takes the lifetime of a field away. The next write gives it its declared lifetime again.
    ///
    /// Sends `HPERSIST`, which needs Redis 7.4. O(1).
    pub fn hpersist(&self, field: &F::Ref) -> Command<FieldTtlChange, X> {
        self.command(Promise::Repeatable, changed, |key, _| {
            let args = on("HPERSIST", key, 1).value::<F>(field);
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// Starts the declared lifetime of a field anew.
    ///
    /// Sends `HEXPIRE` or `HPEXPIRE`, which needs Redis 7.4. O(1).
    pub fn hrefresh_ttl(&self, field: &F::Ref) -> Command<FieldTtlChange, X> {
        self.command(Promise::Idempotent, changed, |key, _| {
            let fields = &K::spec().field_lifetime;
            let args = F::encode(field, |field| fields.renew_fields(key, &[field]));
            Ok(args.map_err(Self::refused)?.into())
        })
    }

    /// The value of a field, its declared lifetime started anew; `None` when it or the key does not exist.
    ///
    /// Sends `HGETEX` where the schema is for Redis 8.0 or later, else `HMGET` and `HEXPIRE` in one
    /// transaction. O(1).
    #[doc(alias = "hgetex")]
    pub fn hget_ex(&self, field: &F::Ref) -> Command<Option<C::Value>, X> {
        self.command(
            Promise::Renews,
            |value, spec| {
                Ok(reply::optionals::<C>(value, spec)?
                    .into_iter()
                    .next()
                    .flatten())
            },
            |key, lifetime| {
                let fields = &K::spec().field_lifetime;
                let read = F::encode(field, |field| {
                    fields.get_field_anew(key, 1, |args| args.arg(field))
                });
                Ok(lifetime.read_first(key, read.map_err(Self::refused)?))
            },
        )
    }
}
