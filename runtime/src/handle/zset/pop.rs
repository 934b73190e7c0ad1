use std::time::Duration;

use redis::Value;

use super::{Score, entries, entry, optional_entry};
use crate::cmd::{Args, Wait};
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::reply;
use crate::retry::Promise;
use crate::structure::ZSet;

impl<K, C, N, X> Handle<K, X, ZSet<C, N>>
where
    K: Key<Structure = ZSet<C, N>>,
    C: Codec,
    N: Score,
    X: Context,
{
    /// Removes and returns the value of lowest score.
    ///
    /// Sends `ZPOPMIN`. O(log n).
    pub fn zpopmin(&self) -> Command<Option<(C::Value, N)>, X> {
        self.pop_one("ZPOPMIN")
    }

    /// Removes and returns the value of highest score.
    ///
    /// Sends `ZPOPMAX`. O(log n).
    pub fn zpopmax(&self) -> Command<Option<(C::Value, N)>, X> {
        self.pop_one("ZPOPMAX")
    }

    /// Removes and returns up to `count` values, lowest score first.
    ///
    /// Sends `ZPOPMIN` with a count. O(log n) for each.
    pub fn zpopmin_count(&self, count: u32) -> Command<Vec<(C::Value, N)>, X> {
        self.pop_count("ZPOPMIN", count)
    }

    /// Removes and returns up to `count` values, highest score first.
    ///
    /// Sends `ZPOPMAX` with a count. O(log n) for each.
    pub fn zpopmax_count(&self, count: u32) -> Command<Vec<(C::Value, N)>, X> {
        self.pop_count("ZPOPMAX", count)
    }

    /// As [`zpopmin`](Self::zpopmin), but waits up to `timeout` for a value (`Duration::MAX` for ever);
    /// `None` when none came.
    ///
    /// Sends `BZPOPMIN`. O(log n). From a store it gets a connection to itself; on a connection shared by
    /// others it makes them wait. Cannot be part of a batch.
    pub fn bzpopmin(&self, timeout: Duration) -> Command<Option<(C::Value, N)>, X> {
        self.pop_waiting("BZPOPMIN", timeout)
    }

    /// As [`zpopmax`](Self::zpopmax), but waits up to `timeout` for a value (`Duration::MAX` for ever);
    /// `None` when none came.
    ///
    /// Sends `BZPOPMAX`. O(log n). From a store it gets a connection to itself; on a connection shared by
    /// others it makes them wait. Cannot be part of a batch.
    pub fn bzpopmax(&self, timeout: Duration) -> Command<Option<(C::Value, N)>, X> {
        self.pop_waiting("BZPOPMAX", timeout)
    }

    fn pop_one(&self, name: &'static str) -> Command<Option<(C::Value, N)>, X> {
        self.command(Promise::Unsafe, optional_entry::<C, N>, |key, _| {
            Ok(Args::on(name, key, 0).into())
        })
    }

    fn pop_count(&self, name: &'static str, count: u32) -> Command<Vec<(C::Value, N)>, X> {
        self.command(Promise::Unsafe, entries::<C, N>, |key, _| {
            Ok(Args::on(name, key, 1).uint(count.into()).into())
        })
    }

    fn pop_waiting(
        &self,
        name: &'static str,
        timeout: Duration,
    ) -> Command<Option<(C::Value, N)>, X> {
        let wait = Wait::of(timeout);
        self.waiting(Promise::Unsafe, wait, popped::<C, N>, |key, _| {
            Ok(Args::on(name, key, 1).wait(wait).into())
        })
    }
}

/// The key, the value and its score; nil when none came in time.
fn popped<C: Codec, N: Score>(value: Value, spec: &'static Spec) -> Result<Option<(C::Value, N)>> {
    let items = reply::list(value, spec)?;
    if items.is_empty() {
        return Ok(None);
    }
    let [_, member, score] = <[Value; 3]>::try_from(items).map_err(|_| reply::unexpected(spec))?;
    entry::<C, N>((member, score), spec).map(Some)
}
