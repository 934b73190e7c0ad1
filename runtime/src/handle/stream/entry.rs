use redis::Value;

use super::id::{StreamId, id};
use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::record::{FieldReader, Record};
use crate::reply;

/// One entry of a stream.
///
/// A record that is not what the schema says is an error of this entry alone: its identifier is known all
/// the same, so that it can be acknowledged, moved or deleted and does not hold up the others.
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry<R> {
    /// Its identifier.
    pub id: StreamId,
    /// What it holds. [`Corrupt`](ErrorKind::Corrupt) when it is not what the schema says,
    /// [`Deleted`](ErrorKind::Deleted) when it was delivered to a consumer before and is gone since.
    pub record: Result<R>,
}

impl<R> Entry<R> {
    /// The same entry with something made of its record.
    pub(crate) fn map<T>(self, make: impl FnOnce(R) -> T) -> Entry<T> {
        Entry {
            id: self.id,
            record: self.record.map(make),
        }
    }
}

/// Entries: each with its own result, the list as a whole must be one.
pub(crate) fn entries<R: Record>(value: Value, spec: &'static Spec) -> Result<Vec<Entry<R>>> {
    reply::list(value, spec)?
        .into_iter()
        // Servers before 7.0 leave a hole where a claimed entry is gone.
        .filter(|item| *item != Value::Nil)
        .map(|item| entry(item, spec))
        .collect()
}

/// Entries of the one stream that was asked for; none when nothing came.
pub(super) fn entries_of_stream<R: Record>(
    value: Value,
    spec: &'static Spec,
) -> Result<Vec<Entry<R>>> {
    match reply::pairs(value, spec)?.into_iter().next() {
        None => Ok(Vec::new()),
        Some((_, found)) => entries(found, spec),
    }
}

/// One entry that may be absent.
pub(super) fn optional_entry<R: Record>(
    value: Value,
    spec: &'static Spec,
) -> Result<Option<Entry<R>>> {
    match reply::checked(value, spec)? {
        Value::Nil => Ok(None),
        other => entry(other, spec).map(Some),
    }
}

fn entry<R: Record>(value: Value, spec: &'static Spec) -> Result<Entry<R>> {
    let [name, fields] =
        <[Value; 2]>::try_from(reply::list(value, spec)?).map_err(|_| reply::unexpected(spec))?;
    let id = id(name, spec)?;
    let record = match fields {
        Value::Nil => Err(Error::new(
            ErrorKind::Deleted,
            spec.template,
            format!("entry {id}"),
        )),
        fields => record(id, fields, spec),
    };
    Ok(Entry { id, record })
}

fn record<R: Record>(id: StreamId, fields: Value, spec: &'static Spec) -> Result<R> {
    let fields = reply::pairs(fields, spec)?
        .into_iter()
        .map(|(name, value)| Ok((reply::bytes(name, spec)?, reply::bytes(value, spec)?)))
        .collect::<Result<Vec<_>>>()?;
    R::decode(&mut FieldReader::new(fields.into_iter()))
        .map_err(|problem| Error::corrupt(spec.template, format!("entry {id}: {problem}")))
}
