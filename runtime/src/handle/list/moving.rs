//! Moving values from list to list.

use std::time::Duration;

use crate::cmd::{Args, Wait};
use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::script::script;
use crate::slot::Joins;
use crate::structure::List;

use super::ListEnd;

/// The other list may be the same one, which turns it round. In a cluster both must be in one slot.
impl<K: Key<Structure = List<C>>, C: Codec, X: Context> Handle<K, X, List<C>> {
    /// Takes a value from one end of this list and adds it to an end of another; returns it, or `None` when
    /// there is none. Then nothing changes, the other list's lifetime neither.
    ///
    /// Sends `LMOVE`, which needs Redis 6.2; in a script that sets the lifetime where the other list has
    /// one. O(1). Atomic.
    #[doc(alias = "rpoplpush")]
    pub fn lmove<D: Key<Structure = List<C>>, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        from: ListEnd,
        to: &Handle<D, Y, List<C>>,
        into: ListEnd,
    ) -> Command<Option<C::Value>, X> {
        self.command_to(Promise::Unsafe, reply::optional::<C>, to, |key, _, to| {
            let args = if to.lifetime.is_never() {
                Args::on("LMOVE", key, 3).arg(&to.key)
            } else {
                let args = Args::eval_on(MOVE, &[key, &to.key], 48);
                to.lifetime.script(args)
            };
            Ok(args.arg(from.word()).arg(into.word()).into())
        })
    }

    /// As [`lmove`](Self::lmove), but waits up to `timeout` for a value (`Duration::MAX` for ever); `None`
    /// when none came.
    ///
    /// Sends `BLMOVE`, which no transaction can contain: together with it goes what gives the other list its
    /// lifetime if it has none, and after it, where a write starts the lifetime anew, what does so. O(1).
    /// From a store it gets a connection to itself; on a connection shared by others it makes them wait.
    /// Cannot be part of a batch.
    #[doc(alias = "brpoplpush")]
    pub fn blmove<D: Key<Structure = List<C>>, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        from: ListEnd,
        to: &Handle<D, Y, List<C>>,
        into: ListEnd,
        timeout: Duration,
    ) -> Command<Option<C::Value>, X> {
        let wait = Wait::of(timeout);
        self.command_to(Promise::Unsafe, reply::optional::<C>, to, |key, _, to| {
            let args = Args::on("BLMOVE", key, 4).arg(&to.key);
            let args = args.arg(from.word()).arg(into.word()).wait(wait);
            Ok(to.lifetime.wait(&to.key, args))
        })
        .blocking(wait)
    }
}

const MOVE: &str = script!(
    "local value=redis.call('LMOVE',KEYS[1],KEYS[2],ARGV[3],ARGV[4])"
    "if value then live(KEYS[2]) end"
    "return value"
);
