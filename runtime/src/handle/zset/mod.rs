//! Distinct values in order of a score.

mod add;
mod algebra;
mod pop;
mod query;
mod range;
mod read;
mod remove;
mod score;

use redis::Value;

use crate::codec::Codec;
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::reply;

pub use add::AddOptions;
pub use algebra::{Aggregate, Combine};
pub use query::Query;
pub use score::Score;

/// A score.
fn score<N: Score>(value: Value, spec: &'static Spec) -> Result<N> {
    N::from_float(reply::float(value, spec)?)
        .map_err(|problem| Error::corrupt(spec.template, problem))
}

/// A score that may be absent.
fn optional_score<N: Score>(value: Value, spec: &'static Spec) -> Result<Option<N>> {
    match reply::checked(value, spec)? {
        Value::Nil => Ok(None),
        other => score(other, spec).map(Some),
    }
}

/// A value with its score.
fn entry<C: Codec, N: Score>(
    (member, found): (Value, Value),
    spec: &'static Spec,
) -> Result<(C::Value, N)> {
    Ok((reply::value::<C>(member, spec)?, score(found, spec)?))
}

/// Values with their scores.
fn entries<C: Codec, N: Score>(value: Value, spec: &'static Spec) -> Result<Vec<(C::Value, N)>> {
    reply::pairs(value, spec)?
        .into_iter()
        .map(|pair| entry::<C, N>(pair, spec))
        .collect()
}

/// One value with its score, or none.
fn optional_entry<C: Codec, N: Score>(
    value: Value,
    spec: &'static Spec,
) -> Result<Option<(C::Value, N)>> {
    let first = reply::pairs(value, spec)?.into_iter().next();
    first.map(|pair| entry::<C, N>(pair, spec)).transpose()
}
