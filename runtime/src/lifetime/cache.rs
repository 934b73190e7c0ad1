//! How long entries of caches live.

use super::Lifetime;
use crate::cmd::Args;
use crate::payload::Payload;

impl Lifetime {
    /// `SET key entry PX …`: fresh for its lifetime, and then there for `stale` milliseconds.
    pub(crate) fn put(&self, command: Args, stale: u64) -> Payload {
        command.arg(b"PX").uint(self.entry(stale)).into()
    }

    /// The milliseconds of one entry, jitter applied.
    pub(crate) fn entry(&self, stale: u64) -> u64 {
        self.draw().saturating_add(stale)
    }

    /// The milliseconds for which it is remembered that there is nothing, with the jitter of the key.
    pub(crate) fn nothing(&self, millis: u64) -> u64 {
        self.with_millis(millis).draw()
    }

    /// The milliseconds for which the tag of an entry must live that is stored within `lease`, if by itself it lives for
    /// `own`.
    pub(crate) fn tag(&self, own: u64, stale: u64, lease: u64) -> u64 {
        let share = u64::from(self.jitter_permille);
        let longest = self.millis + self.millis / 1000 * share + self.millis % 1000 * share / 1000;
        own.max(longest.saturating_add(stale).saturating_add(lease))
    }
}
