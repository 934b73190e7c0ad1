//! Finding values in a list.

use redis::Value;

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::reply;
use crate::retry::Promise;
use crate::structure::List;

/// Where [`lpos_with`](Handle::lpos_with) and [`lpos_all`](Handle::lpos_all) look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PositionOptions {
    nth: u32,
    from_right: bool,
    max_len: u64,
}

impl PositionOptions {
    /// Everywhere, from the left.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            nth: 1,
            from_right: false,
            max_len: 0,
        }
    }

    /// Starts with the `n`-th match, counted from 1 (`RANK`).
    #[must_use]
    pub const fn nth(mut self, n: u32) -> Self {
        self.nth = n;
        self
    }

    /// Looks from the right (a negative `RANK`). Positions still count from the left.
    #[must_use]
    pub const fn from_right(mut self) -> Self {
        self.from_right = true;
        self
    }

    /// Looks at no more than this many values (`MAXLEN`); 0 means all.
    #[must_use]
    pub const fn max_len(mut self, values: u64) -> Self {
        self.max_len = values;
        self
    }

    fn push(self, args: Args) -> Args {
        let nth = i64::from(self.nth.max(1));
        let rank = if self.from_right { -nth } else { nth };
        let args = args.arg(b"RANK").int(rank);
        args.arg(b"MAXLEN").uint(self.max_len)
    }
}

impl<K: Key<Structure = List<C>>, C: Codec, X: Context> Handle<K, X, List<C>> {
    /// Position of the first value equal to this one.
    ///
    /// Sends `LPOS`, which needs Redis 6.0.6. O(n).
    #[doc(alias = "contains")]
    pub fn lpos(&self, value: &C::Ref) -> Command<Option<u64>, X> {
        self.command(Promise::MayRenew, reply::optional_count, |key, lifetime| {
            let args = Args::on("LPOS", key, 1).value::<C>(value);
            Ok(lifetime.read(key, args.map_err(Self::refused)?))
        })
    }

    /// Position of a value equal to this one, found as the options say.
    ///
    /// Sends `LPOS` with `RANK` and `MAXLEN`. O(n).
    pub fn lpos_with(&self, value: &C::Ref, options: PositionOptions) -> Command<Option<u64>, X> {
        self.command(Promise::MayRenew, reply::optional_count, |key, lifetime| {
            let args = Args::on("LPOS", key, 5).value::<C>(value);
            Ok(lifetime.read(key, options.push(args.map_err(Self::refused)?)))
        })
    }

    /// Positions of all values equal to this one, in the order they are found.
    ///
    /// Sends `LPOS … COUNT 0` with `RANK` and `MAXLEN`. O(n).
    pub fn lpos_all(&self, value: &C::Ref, options: PositionOptions) -> Command<Vec<u64>, X> {
        self.command(Promise::MayRenew, positions, |key, lifetime| {
            let args = Args::on("LPOS", key, 7).value::<C>(value);
            let args = options.push(args.map_err(Self::refused)?);
            Ok(lifetime.read(key, args.arg(b"COUNT").uint(0)))
        })
    }
}

fn positions(value: Value, spec: &'static Spec) -> Result<Vec<u64>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|position| reply::count(position, spec))
        .collect()
}
