//! Numbers of holds.

use std::fmt;

use redis::Value;

use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::reply;
use crate::retry::Promise;

/// The number of a hold: higher than those of all holds of the lock before.
///
/// It protects what looks at it: let what the lock guards keep the highest number that it has seen, and refuse whoever comes with
/// a lower one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fence(u64);

impl Fence {
    /// The number; below 2^53.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl From<Fence> for u64 {
    fn from(fence: Fence) -> Self {
        fence.0
    }
}

impl fmt::Display for Fence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether holds have numbers: [`Fence`] where the schema says `fencing: true`, else `()`.
pub trait Numbering: Copy + fmt::Debug + Send + Sync + Unpin + 'static {
    #[doc(hidden)]
    const NUMBERED: bool;

    #[doc(hidden)]
    fn of(number: u64) -> Self;
}

impl Numbering for () {
    const NUMBERED: bool = false;

    fn of(_: u64) {}
}

impl Numbering for Fence {
    const NUMBERED: bool = true;

    fn of(number: u64) -> Self {
        Self(number)
    }
}

impl<K, X: Context> Handle<K, X, crate::structure::Fence>
where
    K: Key<Structure = crate::structure::Fence>,
{
    /// The number of the last hold; `None` when there was none for long.
    ///
    /// Sends `GET`. O(1).
    pub fn get(&self) -> Command<Option<Fence>, X> {
        self.command(Promise::Read, number, |key, _| {
            Ok(Args::on("GET", key, 0).into())
        })
    }
}

fn number(value: Value, spec: &'static Spec) -> Result<Option<Fence>> {
    Ok(reply::optional_count(value, spec)?.map(Fence))
}
