//! Waiting for values of a list.

use std::time::Duration;

use redis::Value;

use crate::cmd::{Args, Wait};
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::reply;
use crate::retry::Promise;
use crate::structure::List;

impl<K: Key<Structure = List<C>>, C: Codec, X: Context> Handle<K, X, List<C>> {
    /// As [`lpop`](Self::lpop), but waits up to `timeout` for a value (`Duration::MAX` for ever); `None`
    /// when none came.
    ///
    /// Sends `BLPOP`. O(1). From a store it gets a connection to itself; on a connection shared by others it
    /// makes them wait. Cannot be part of a batch.
    pub fn blpop(&self, timeout: Duration) -> Command<Option<C::Value>, X> {
        self.pop_waiting("BLPOP", timeout)
    }

    /// As [`rpop`](Self::rpop), but waits up to `timeout` for a value (`Duration::MAX` for ever); `None`
    /// when none came.
    ///
    /// Sends `BRPOP`. O(1). From a store it gets a connection to itself; on a connection shared by others it
    /// makes them wait. Cannot be part of a batch.
    pub fn brpop(&self, timeout: Duration) -> Command<Option<C::Value>, X> {
        self.pop_waiting("BRPOP", timeout)
    }

    fn pop_waiting(&self, name: &'static str, timeout: Duration) -> Command<Option<C::Value>, X> {
        let wait = Wait::of(timeout);
        self.waiting(Promise::Unsafe, wait, popped::<C>, |key, _| {
            Ok(Args::on(name, key, 1).wait(wait).into())
        })
    }
}

/// The key and the value; nil when none came in time.
fn popped<C: Codec>(value: Value, spec: &'static Spec) -> Result<Option<C::Value>> {
    let items = reply::list(value, spec)?;
    if items.is_empty() {
        return Ok(None);
    }
    let [_, value] = <[Value; 2]>::try_from(items).map_err(|_| reply::unexpected(spec))?;
    reply::value::<C>(value, spec).map(Some)
}
