//! Intersections, unions and differences of sets.

use crate::cmd::Args;
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::operands::Operands;
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::slot::Beside;
use crate::structure::Set;

impl<K: Key<Structure = Set<C>>, C: Codec, X: Context> Handle<K, X, Set<C>> {
    /// The values that this set and all the others hold.
    ///
    /// Sends `SINTER`. O(n·m): size of the smallest set times number of sets.
    #[doc(alias = "intersection")]
    pub fn sinter(
        &self,
        others: impl Operands<Set<C>> + Beside<X::Slot>,
    ) -> Command<Vec<C::Value>, X> {
        self.combined("SINTER", others)
    }

    /// The values that this set or any of the others hold.
    ///
    /// Sends `SUNION`. O(n) in the number of values of all sets.
    #[doc(alias = "union")]
    pub fn sunion(
        &self,
        others: impl Operands<Set<C>> + Beside<X::Slot>,
    ) -> Command<Vec<C::Value>, X> {
        self.combined("SUNION", others)
    }

    /// The values of this set that none of the others hold.
    ///
    /// Sends `SDIFF`. O(n) in the number of values of all sets.
    #[doc(alias = "difference")]
    pub fn sdiff(
        &self,
        others: impl Operands<Set<C>> + Beside<X::Slot>,
    ) -> Command<Vec<C::Value>, X> {
        self.combined("SDIFF", others)
    }

    /// Number of values that this set and all the others hold; counting stops at `limit` (0 for none).
    ///
    /// Sends `SINTERCARD` (7.0). O(n·m), less with a limit.
    pub fn sintercard(
        &self,
        others: impl Operands<Set<C>> + Beside<X::Slot>,
        limit: u32,
    ) -> Command<u64, X> {
        self.command_with(
            Promise::MayRenew,
            reply::count,
            others,
            |key, lifetime, others| {
                let args = Args::new("SINTERCARD", others.len() + 4, key.len() + 24)
                    .uint(others.len() as u64 + 1)
                    .arg(key)
                    .operands(others);
                let args = if limit == 0 {
                    args
                } else {
                    args.arg(b"LIMIT").uint(limit.into())
                };
                Ok(lifetime.read_all(key, others, args))
            },
        )
    }

    /// Replaces this set by the intersection of the sources; returns its size.
    ///
    /// Sends `SINTERSTORE` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n·m).
    pub fn sinterstore(&self, sources: impl Operands<Set<C>> + Beside<X::Slot>) -> Command<u64, X> {
        self.stored("SINTERSTORE", sources)
    }

    /// Replaces this set by the union of the sources; returns its size.
    ///
    /// Sends `SUNIONSTORE` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n).
    pub fn sunionstore(&self, sources: impl Operands<Set<C>> + Beside<X::Slot>) -> Command<u64, X> {
        self.stored("SUNIONSTORE", sources)
    }

    /// Replaces this set by the values of the first source that no other source holds; returns its size.
    ///
    /// Sends `SDIFFSTORE` and gives this key its lifetime in the same transaction. An empty result deletes
    /// the key. O(n).
    pub fn sdiffstore(&self, sources: impl Operands<Set<C>> + Beside<X::Slot>) -> Command<u64, X> {
        self.stored("SDIFFSTORE", sources)
    }

    fn combined(
        &self,
        name: &'static str,
        others: impl Operands<Set<C>> + Beside<X::Slot>,
    ) -> Command<Vec<C::Value>, X> {
        self.command_with(
            Promise::MayRenew,
            reply::values::<C>,
            others,
            |key, lifetime, others| {
                let args = Args::on(name, key, others.len()).operands(others);
                Ok(lifetime.read_all(key, others, args))
            },
        )
    }

    fn stored(
        &self,
        name: &'static str,
        sources: impl Operands<Set<C>> + Beside<X::Slot>,
    ) -> Command<u64, X> {
        self.command_with(
            Promise::Replaces,
            reply::count,
            sources,
            |key, lifetime, sources| {
                Self::at_least_one(sources)?;
                let args = Args::on(name, key, sources.len()).operands(sources);
                Ok(lifetime.replace(key, sources, args))
            },
        )
    }
}
