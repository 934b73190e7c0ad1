//! A session as it was read.

use std::time::Duration;

use redis::Value;

use crate::codec::Codec;
use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::reply;

/// A session as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Session<V> {
    /// What it holds.
    pub data: V,
    /// Which of its states it was: what [`update`](crate::Handle::update) compares.
    pub version: Version,
    /// How long it is there if nobody uses it.
    pub expires_in: Duration,
    /// How long it is there however much it is used.
    pub ends_in: Duration,
}

/// Which state of its data a session has; every update makes another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Version(pub(super) u64);

/// A session as it lies there, for making another one of it.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) data: Vec<u8>,
    pub(super) version: u64,
    /// Milliseconds since 1970.
    pub(super) ends: u64,
}

/// Reads what the scripts say of a session.
pub(super) fn session<C: Codec>(
    value: Value,
    spec: &'static Spec,
) -> Result<Option<Session<C::Value>>> {
    let Some([version, data, left, longest, _]) = parts(value, spec)? else {
        return Ok(None);
    };
    Ok(Some(Session {
        data: reply::value::<C>(data, spec)?,
        version: Version(reply::count(version, spec)?),
        expires_in: time(left, spec)?,
        ends_in: time(longest, spec)?,
    }))
}

/// The same as it lies there.
pub(super) fn raw(value: Value, spec: &'static Spec) -> Result<Option<Raw>> {
    let Some([version, data, _, _, ends]) = parts(value, spec)? else {
        return Ok(None);
    };
    Ok(Some(Raw {
        data: reply::bytes(data, spec)?,
        version: reply::count(version, spec)?,
        ends: reply::count(ends, spec)?,
    }))
}

/// The new version; `None` where there is no session.
pub(super) fn updated(value: Value, spec: &'static Spec) -> Result<Option<Version>> {
    match reply::int(value, spec)? {
        0 => Ok(None),
        -1 => {
            let detail = "the session was changed since it was read";
            Err(Error::new(ErrorKind::Contended, spec.template, detail))
        }
        version => u64::try_from(version)
            .map(|version| Some(Version(version)))
            .map_err(|_| reply::unexpected(spec)),
    }
}

/// What became of ending a session that goes on as another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    Done,
    Gone,
    Changed,
}

pub(super) fn moved(value: Value, spec: &'static Spec) -> Result<Moved> {
    match reply::int(value, spec)? {
        1 => Ok(Moved::Done),
        0 => Ok(Moved::Gone),
        -1 => Ok(Moved::Changed),
        _ => Err(reply::unexpected(spec)),
    }
}

fn parts(value: Value, spec: &'static Spec) -> Result<Option<[Value; 5]>> {
    let value = reply::checked(value, spec)?;
    if value == Value::Nil {
        return Ok(None);
    }
    let items = reply::list(value, spec)?;
    let parts = <[Value; 5]>::try_from(items).map_err(|_| reply::unexpected(spec))?;
    Ok(Some(parts))
}

fn time(value: Value, spec: &'static Spec) -> Result<Duration> {
    Ok(Duration::from_millis(reply::count(value, spec)?))
}
