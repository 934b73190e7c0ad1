use super::{Score, entries};
use crate::cmd::Args;
use crate::codec::{Codec, Problem};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::operands::Operands;
use crate::key::Key;
use crate::reply::{self, Decode};
use crate::retry::Promise;
use crate::slot::Beside;
use crate::structure::ZSet;

/// How the scores of a value found in several sorted sets become one.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Combine {
    weights: Vec<f64>,
    aggregate: Aggregate,
}

/// What becomes of several scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aggregate {
    /// Their sum.
    #[default]
    Sum,
    /// The lowest.
    Min,
    /// The highest.
    Max,
}

impl Combine {
    /// Scores are added up.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Multiplies the scores of each sorted set, in order, by a factor first.
    #[must_use]
    pub fn weights(mut self, factors: impl IntoIterator<Item = f64>) -> Self {
        self.weights = factors.into_iter().collect();
        self
    }

    /// Sets what becomes of several scores.
    #[must_use]
    pub fn aggregate(mut self, aggregate: Aggregate) -> Self {
        self.aggregate = aggregate;
        self
    }

    fn push(&self, args: Args, keys: usize) -> Result<Args, Problem> {
        let mut args = args;
        if !self.weights.is_empty() {
            if self.weights.len() != keys {
                return Err(Problem::Borrowed("not as many weights as sorted sets"));
            }
            args = args.arg(b"WEIGHTS");
            for weight in &self.weights {
                args = args.float(weight.to_float()?);
            }
        }
        Ok(match self.aggregate {
            Aggregate::Sum => args,
            Aggregate::Min => args.arg(b"AGGREGATE").arg(b"MIN"),
            Aggregate::Max => args.arg(b"AGGREGATE").arg(b"MAX"),
        })
    }
}

/// What a read returns and how scores are combined.
struct Shape<'c> {
    combine: Option<&'c Combine>,
    with_scores: bool,
}

impl Shape<'_> {
    const VALUES: Self = Self {
        combine: None,
        with_scores: false,
    };
    const ENTRIES: Self = Self {
        combine: None,
        with_scores: true,
    };
}

impl<K, C, N, X> Handle<K, X, ZSet<C, N>>
where
    K: Key<Structure = ZSet<C, N>>,
    C: Codec,
    N: Score,
    X: Context,
{
    /// The values that this sorted set and all the others hold.
    ///
    /// Sends `ZINTER` (6.2). O(n·m): size of the smallest times number of sorted sets.
    #[doc(alias = "intersection")]
    pub fn zinter(
        &self,
        others: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
    ) -> Command<Vec<C::Value>, X> {
        self.combined(reply::values::<C>, "ZINTER", others, Shape::VALUES)
    }

    /// As [`zinter`](Self::zinter), with the scores combined; this sorted set comes first among the
    /// weights.
    pub fn zinter_withscores(
        &self,
        others: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
        combine: &Combine,
    ) -> Command<Vec<(C::Value, N)>, X> {
        self.combined(entries::<C, N>, "ZINTER", others, Shape::scored(combine))
    }

    /// The values that this sorted set or any of the others hold.
    ///
    /// Sends `ZUNION` (6.2). O(n log n) in the number of values of all of them.
    #[doc(alias = "union")]
    pub fn zunion(
        &self,
        others: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
    ) -> Command<Vec<C::Value>, X> {
        self.combined(reply::values::<C>, "ZUNION", others, Shape::VALUES)
    }

    /// As [`zunion`](Self::zunion), with the scores combined; this sorted set comes first among the
    /// weights.
    pub fn zunion_withscores(
        &self,
        others: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
        combine: &Combine,
    ) -> Command<Vec<(C::Value, N)>, X> {
        self.combined(entries::<C, N>, "ZUNION", others, Shape::scored(combine))
    }

    /// The values of this sorted set that none of the others hold.
    ///
    /// Sends `ZDIFF` (6.2). O(n log n) in the number of values of all of them.
    #[doc(alias = "difference")]
    pub fn zdiff(
        &self,
        others: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
    ) -> Command<Vec<C::Value>, X> {
        self.combined(reply::values::<C>, "ZDIFF", others, Shape::VALUES)
    }

    /// As [`zdiff`](Self::zdiff), with the scores.
    pub fn zdiff_withscores(
        &self,
        others: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
    ) -> Command<Vec<(C::Value, N)>, X> {
        self.combined(entries::<C, N>, "ZDIFF", others, Shape::ENTRIES)
    }

    /// Number of values that this sorted set and all the others hold; counting stops at `limit` (0 for
    /// none).
    ///
    /// Sends `ZINTERCARD` (7.0). O(n·m), less with a limit.
    pub fn zintercard(
        &self,
        others: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
        limit: u32,
    ) -> Command<u64, X> {
        self.command_with(
            Promise::MayRenew,
            reply::count,
            others,
            |key, lifetime, others| {
                let args = Args::new("ZINTERCARD", others.len() + 4, key.len() + 24)
                    .uint(others.len() as u64 + 1)
                    .arg(key)
                    .operands(others);
                let args = match limit {
                    0 => args,
                    limit => args.arg(b"LIMIT").uint(limit.into()),
                };
                Ok(lifetime.read_all(key, others, args))
            },
        )
    }

    /// Replaces this sorted set by the intersection of the sources; returns its size.
    ///
    /// Sends `ZINTERSTORE` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n·m + s log s) for a result of s values.
    pub fn zinterstore(
        &self,
        sources: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
        combine: &Combine,
    ) -> Command<u64, X> {
        self.stored("ZINTERSTORE", sources, combine)
    }

    /// Replaces this sorted set by the union of the sources; returns its size.
    ///
    /// Sends `ZUNIONSTORE` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n + s log s) for a result of s values.
    pub fn zunionstore(
        &self,
        sources: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
        combine: &Combine,
    ) -> Command<u64, X> {
        self.stored("ZUNIONSTORE", sources, combine)
    }

    /// Replaces this sorted set by the values of the first source that no other source holds; returns its
    /// size.
    ///
    /// Sends `ZDIFFSTORE` (6.2) and gives this key its lifetime in the same transaction. An empty result
    /// deletes the key. O(n log n).
    pub fn zdiffstore(
        &self,
        sources: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
    ) -> Command<u64, X> {
        self.stored("ZDIFFSTORE", sources, &Combine::new())
    }

    fn combined<R>(
        &self,
        decode: Decode<R>,
        name: &'static str,
        others: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
        shape: Shape<'_>,
    ) -> Command<R, X> {
        self.command_with(
            Promise::MayRenew,
            decode,
            others,
            |key, lifetime, others| {
                let count = others.len() + 1;
                let args = Args::new(name, count + 5, key.len() + 32)
                    .uint(count as u64)
                    .arg(key)
                    .operands(others);
                let args = match shape.combine {
                    None => args,
                    Some(combine) => combine.push(args, count).map_err(Self::refused)?,
                };
                let args = args.arg_if(shape.with_scores, b"WITHSCORES");
                Ok(lifetime.read_all(key, others, args))
            },
        )
    }

    fn stored(
        &self,
        name: &'static str,
        sources: impl Operands<ZSet<C, N>> + Beside<X::Slot>,
        combine: &Combine,
    ) -> Command<u64, X> {
        self.command_with(
            Promise::Replaces,
            reply::count,
            sources,
            |key, lifetime, sources| {
                Self::at_least_one(sources)?;
                let args = Args::on(name, key, sources.len() + 5)
                    .uint(sources.len() as u64)
                    .operands(sources);
                let args = combine.push(args, sources.len()).map_err(Self::refused)?;
                Ok(lifetime.replace(key, sources, args))
            },
        )
    }
}

impl<'c> Shape<'c> {
    fn scored(combine: &'c Combine) -> Self {
        Self {
            combine: Some(combine),
            with_scores: true,
        }
    }
}
