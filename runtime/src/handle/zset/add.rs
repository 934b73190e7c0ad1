use redis::Value;

use super::{Score, optional_score, score};
use crate::cmd::Args;
use crate::codec::{AsValue, Codec, Problem};
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::structure::ZSet;

/// When `ZADD` adds or updates. By default always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct AddOptions {
    only_new: bool,
    only_existing: bool,
    only_greater: bool,
    only_less: bool,
    count_changed: bool,
}

impl AddOptions {
    /// Add and update always; count what is added.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            only_new: false,
            only_existing: false,
            only_greater: false,
            only_less: false,
            count_changed: false,
        }
    }

    /// Adds values, updates none (`NX`).
    #[doc(alias = "nx")]
    #[must_use]
    pub const fn only_new(mut self) -> Self {
        self.only_new = true;
        self
    }

    /// Updates values, adds none (`XX`).
    #[doc(alias = "xx")]
    #[must_use]
    pub const fn only_existing(mut self) -> Self {
        self.only_existing = true;
        self
    }

    /// Updates a score only by a greater one (`GT`, 6.2). Values that are absent are added.
    #[doc(alias = "gt")]
    #[must_use]
    pub const fn only_greater(mut self) -> Self {
        self.only_greater = true;
        self
    }

    /// Updates a score only by a smaller one (`LT`, 6.2). Values that are absent are added.
    #[doc(alias = "lt")]
    #[must_use]
    pub const fn only_less(mut self) -> Self {
        self.only_less = true;
        self
    }

    /// Counts the values that are updated as well as those that are added (`CH`).
    #[doc(alias = "ch")]
    #[must_use]
    pub const fn count_changed(mut self) -> Self {
        self.count_changed = true;
        self
    }

    fn push(self, args: Args) -> Result<Args, Problem> {
        let exclusive = [
            self.only_new,
            self.only_greater,
            self.only_less,
            self.only_new && self.only_existing,
        ];
        if exclusive.iter().filter(|set| **set).count() > 1 {
            return Err(Problem::Borrowed("options that exclude each other"));
        }
        Ok(args
            .arg_if(self.only_new, b"NX")
            .arg_if(self.only_existing, b"XX")
            .arg_if(self.only_greater, b"GT")
            .arg_if(self.only_less, b"LT")
            .arg_if(self.count_changed, b"CH"))
    }
}

impl<K, C, N, X> Handle<K, X, ZSet<C, N>>
where
    K: Key<Structure = ZSet<C, N>>,
    C: Codec,
    N: Score,
    X: Context,
{
    /// Adds a value or gives it another score; tells whether it was not there before.
    ///
    /// Sends `ZADD` and gives the key its lifetime in the same transaction. O(log n).
    #[doc(alias = "insert")]
    pub fn zadd(&self, member: &C::Ref, score: N) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            let args = scored::<C, N>(Args::on("ZADD", key, 2), member, score);
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Adds values or gives them other scores; returns how many were not there before.
    ///
    /// Sends one `ZADD` and gives the key its lifetime in the same transaction; nothing when no value is
    /// given. O(log n) for each.
    #[doc(alias = "extend")]
    pub fn zadd_many<B: AsValue<C::Ref>>(
        &self,
        entries: impl IntoIterator<Item = (B, N)>,
    ) -> Command<u64, X> {
        self.zadd_with(AddOptions::new(), entries)
    }

    /// Adds or updates values under conditions; returns how many were added (with
    /// [`count_changed`](AddOptions::count_changed), how many were added or updated).
    ///
    /// Sends one `ZADD` and gives the key its lifetime in the same transaction; nothing when no value is
    /// given. O(log n) for each.
    #[doc(alias = "zadd_options")]
    pub fn zadd_with<B: AsValue<C::Ref>>(
        &self,
        options: AddOptions,
        entries: impl IntoIterator<Item = (B, N)>,
    ) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, lifetime| {
            let mut entries = entries.into_iter().peekable();
            if entries.peek().is_none() {
                return Ok(Payload::Ready(Value::Int(0)));
            }
            let room = 2 * entries.size_hint().0 + 4;
            let args = options.push(Args::on("ZADD", key, room));
            let args = entries.try_fold(args.map_err(Self::refused)?, |args, (member, score)| {
                scored::<C, N>(args, member.as_value(), score)
            });
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Adds a difference to a value's score; a value that is absent counts as 0. Returns the new score.
    ///
    /// Sends `ZINCRBY` and gives the key its lifetime in the same transaction. O(log n).
    #[doc(alias = "zincrby")]
    pub fn zincr(&self, member: &C::Ref, by: N::Delta) -> Command<N, X> {
        self.command(Promise::Unsafe, score::<N>, |key, lifetime| {
            let args = N::delta(by)
                .map(|by| Args::on("ZINCRBY", key, 2).float(by))
                .and_then(|args| args.value::<C>(member));
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Adds a difference to a value's score under conditions. Returns the new score; `None` when the
    /// conditions are not met.
    ///
    /// Sends `ZADD … INCR` and gives the key its lifetime in the same transaction. O(log n).
    pub fn zincr_with(
        &self,
        options: AddOptions,
        member: &C::Ref,
        by: N::Delta,
    ) -> Command<Option<N>, X> {
        self.command(Promise::Unsafe, optional_score::<N>, |key, lifetime| {
            let args = options
                .push(Args::on("ZADD", key, 7))
                .and_then(|args| Ok(args.arg(b"INCR").float(N::delta(by)?)))
                .and_then(|args| args.value::<C>(member));
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }
}

fn scored<C: Codec, N: Score>(args: Args, member: &C::Ref, score: N) -> Result<Args, Problem> {
    args.float(score.to_float()?).value::<C>(member)
}
