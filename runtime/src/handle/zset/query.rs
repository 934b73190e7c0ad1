use std::marker::PhantomData;
use std::ops::{Bound, RangeBounds};

use super::Score;
use crate::cmd::{Args, float_text};
use crate::codec::{Codec, Problem};

/// Which values of a sorted set, in which order: by position, by score or by their bytes.
///
/// ```
/// # use redis_schema::zset::Query;
/// # fn example<C: redis_schema::codec::Codec>() -> Query<C, f64> {
/// Query::by_score(10.0..).rev().limit(0, 5) // the five best of at least ten
/// # }
/// ```
pub struct Query<C, N> {
    by: By,
    edges: Result<(Vec<u8>, Vec<u8>), Problem>,
    reversed: bool,
    limit: Option<(u64, u64)>,
    types: PhantomData<fn() -> (C, N)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Rank,
    Score,
    Value,
}

impl<C: Codec, N: Score> Query<C, N> {
    /// The values between two positions, both included; negative ones count from the end, -1 first.
    #[must_use]
    pub fn by_rank(start: i64, stop: i64) -> Self {
        let text = |number: i64| number.to_string().into_bytes();
        Self::new(By::Rank, Ok((text(start), text(stop))))
    }

    /// The values whose score is in the range.
    #[must_use]
    pub fn by_score(range: impl RangeBounds<N>) -> Self {
        Self::new(By::Score, score_edges(&range))
    }

    /// The values in the range of their bytes at rest; all scores must be the same.
    #[doc(alias = "by_lex")]
    #[must_use]
    pub fn by_value(range: impl RangeBounds<C::Ref>) -> Self {
        Self::new(By::Value, value_edges::<C>(&range))
    }

    fn new(by: By, edges: Result<(Vec<u8>, Vec<u8>), Problem>) -> Self {
        Self {
            by,
            edges,
            reversed: false,
            limit: None,
            types: PhantomData,
        }
    }

    /// From the highest score (position, value) to the lowest.
    #[must_use]
    pub fn rev(mut self) -> Self {
        self.reversed = true;
        self
    }

    /// Leaves out the first `offset` values and returns at most `count`. Not for positions.
    #[must_use]
    pub fn limit(mut self, offset: u64, count: u64) -> Self {
        self.limit = Some((offset, count));
        self
    }

    /// Appends the arguments of `ZRANGE` after the key.
    pub(super) fn push(&self, args: Args, with_scores: bool) -> Result<Args, Problem> {
        let (low, high) = self.edges.as_ref().map_err(Problem::clone)?;
        let args = match self.by {
            By::Rank if self.limit.is_some() => {
                return Err(Problem::Borrowed("positions are a limit already"));
            }
            By::Value if with_scores => {
                return Err(Problem::Borrowed(
                    "a query by value cannot return scores: they are all the same",
                ));
            }
            // From the highest to the lowest, the highest comes first, but not among positions.
            By::Score | By::Value if self.reversed => args.arg(high).arg(low),
            _ => args.arg(low).arg(high),
        };
        let args = args
            .arg_if(self.by == By::Score, b"BYSCORE")
            .arg_if(self.by == By::Value, b"BYLEX")
            .arg_if(self.reversed, b"REV");
        let args = match self.limit {
            None => args,
            Some((offset, count)) => args.arg(b"LIMIT").uint(offset).uint(count),
        };
        Ok(args.arg_if(with_scores, b"WITHSCORES"))
    }
}

impl<C, N> Clone for Query<C, N> {
    fn clone(&self) -> Self {
        Self {
            edges: self.edges.clone(),
            types: PhantomData,
            ..*self
        }
    }
}

impl<C, N> std::fmt::Debug for Query<C, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The edges may be secret.
        f.debug_struct("Query")
            .field("by", &self.by)
            .field("reversed", &self.reversed)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// A range of scores as the server takes it.
pub(super) fn score_edges<N: Score>(
    range: &impl RangeBounds<N>,
) -> Result<(Vec<u8>, Vec<u8>), Problem> {
    let text = |score: &N, exclusive: &str| {
        let number = score.to_float()?;
        Ok::<_, Problem>(format!("{exclusive}{}", float_text(number)).into_bytes())
    };
    let edge = |bound: Bound<&N>, unbounded: &str| match bound {
        Bound::Included(score) => text(score, ""),
        Bound::Excluded(score) => text(score, "("),
        Bound::Unbounded => Ok(unbounded.as_bytes().to_vec()),
    };
    Ok((
        edge(range.start_bound(), "-inf")?,
        edge(range.end_bound(), "+inf")?,
    ))
}

/// A range of values as the server takes it.
pub(super) fn value_edges<C: Codec>(
    range: &impl RangeBounds<C::Ref>,
) -> Result<(Vec<u8>, Vec<u8>), Problem> {
    let text = |value: &C::Ref, mark: u8| {
        C::encode(value, |bytes| {
            let mut text = Vec::with_capacity(1 + bytes.len());
            text.push(mark);
            text.extend_from_slice(bytes);
            text
        })
    };
    let edge = |bound: Bound<&C::Ref>, unbounded: u8| match bound {
        Bound::Included(value) => text(value, b'['),
        Bound::Excluded(value) => text(value, b'('),
        Bound::Unbounded => Ok(vec![unbounded]),
    };
    Ok((
        edge(range.start_bound(), b'-')?,
        edge(range.end_bound(), b'+')?,
    ))
}
