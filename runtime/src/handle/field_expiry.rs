//! Lifetimes of single fields, changed and read: what hashes with declared fields and maps share.

use std::time::{Duration, SystemTime};

use redis::Value;

use super::expiry::{ExpireOption, Expiry, Ttl, expiry, latest, millis, ttl};
use crate::cmd::Args;
use crate::error::Result;
use crate::key::Spec;
use crate::lifetime::Moment;
use crate::reply;
use crate::value::TimestampMs;

/// What became of a change of a field's lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldTtlChange {
    /// The field or the key does not exist.
    Missing,
    /// Nothing changed: the condition does not hold, or there is no lifetime to take away.
    Unchanged,
    /// The field lives as long as was asked for.
    Changed,
    /// The moment has passed, so the field is gone.
    Deleted,
}

impl FieldTtlChange {
    /// Whether the field lives as long as was asked for.
    #[must_use]
    pub const fn is_changed(self) -> bool {
        matches!(self, Self::Changed)
    }
}

/// `HEXPIRE key seconds [option] FIELDS n`, without the fields.
pub(super) fn after(
    key: &[u8],
    lifetime: Duration,
    option: Option<ExpireOption>,
    fields: usize,
) -> Args {
    let option = option.map(ExpireOption::word);
    Moment::After(millis(lifetime)).set(key, option, fields)
}

/// `HPEXPIREAT key milliseconds FIELDS n`, without the fields.
pub(super) fn at(key: &[u8], at: SystemTime, fields: usize) -> Args {
    let at = latest(TimestampMs::from(at).get(), 1);
    Moment::At(u64::try_from(at).unwrap_or_default()).set(key, None, fields)
}

/// `name key FIELDS n`, without the fields.
pub(super) fn on(name: &'static str, key: &[u8], fields: usize) -> Args {
    Args::on(name, key, 2 + fields).fields(fields)
}

/// Reads what became of a change: of the first of the names that the field is stored under.
pub(super) fn changed(value: Value, spec: &'static Spec) -> Result<FieldTtlChange> {
    Ok(match first(value, spec)? {
        -2 => FieldTtlChange::Missing,
        1 => FieldTtlChange::Changed,
        2 => FieldTtlChange::Deleted,
        _ => FieldTtlChange::Unchanged,
    })
}

pub(super) fn seconds(value: Value, spec: &'static Spec) -> Result<Ttl> {
    Ok(ttl(first(value, spec)?, Duration::from_secs))
}

pub(super) fn milliseconds(value: Value, spec: &'static Spec) -> Result<Ttl> {
    Ok(ttl(first(value, spec)?, Duration::from_millis))
}

pub(super) fn moment(value: Value, spec: &'static Spec) -> Result<Expiry> {
    Ok(expiry(first(value, spec)?))
}

/// The first answer that is about a stored field; -2 where there is none.
fn first(value: Value, spec: &'static Spec) -> Result<i64> {
    if value == Value::Nil {
        return Ok(-2);
    }
    for item in reply::list(value, spec)? {
        match reply::int(item, spec)? {
            -2 => {}
            other => return Ok(other),
        }
    }
    Ok(-2)
}
