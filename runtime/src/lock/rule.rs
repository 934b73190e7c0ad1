//! What a schema says of holding.

use std::time::Duration;

use crate::key::Key;

/// A lock or semaphore, with what the schema says of holding it. Implemented by generated code only.
#[diagnostic::on_unimplemented(
    message = "the schema does not say how `{Self}` is held",
    label = "not declared as `lock:` or `semaphore:`"
)]
pub trait Held: Key {
    /// How it is held.
    const RULE: HoldRule;
}

/// How a lock or a permit is held. Its lease is the key's lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldRule {
    /// 0 for not at all.
    wait_ms: u64,
    renew: bool,
    /// 0 for as long as it is renewed.
    max_hold_ms: u64,
    /// How long the number of the last hold is kept.
    fence_ms: u64,
    permits: u32,
}

impl Default for HoldRule {
    fn default() -> Self {
        Self::new()
    }
}

impl HoldRule {
    /// Nobody waits, nothing is renewed by itself.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            wait_ms: 0,
            renew: false,
            max_hold_ms: 0,
            fence_ms: 86_400_000,
            permits: 1,
        }
    }

    /// How long `acquire` waits for others.
    #[must_use]
    pub const fn wait_ms(mut self, millis: u64) -> Self {
        self.wait_ms = millis;
        self
    }

    /// Guards renew the lease.
    #[must_use]
    pub const fn renewed(mut self) -> Self {
        self.renew = true;
        self
    }

    /// How long one hold lasts at most.
    #[must_use]
    pub const fn max_hold_ms(mut self, millis: u64) -> Self {
        self.max_hold_ms = millis;
        self
    }

    /// How long the number of the last hold is kept.
    #[must_use]
    pub const fn fence_ms(mut self, millis: u64) -> Self {
        self.fence_ms = millis;
        self
    }

    /// How many holders there may be.
    #[must_use]
    pub const fn permits(mut self, permits: u32) -> Self {
        self.permits = permits;
        self
    }

    pub(super) const fn wait(&self) -> Duration {
        Duration::from_millis(self.wait_ms)
    }

    pub(super) const fn renews(&self) -> bool {
        self.renew
    }

    pub(super) fn max_hold(&self) -> Option<Duration> {
        (self.max_hold_ms != 0).then(|| Duration::from_millis(self.max_hold_ms))
    }

    pub(super) const fn fence_millis(&self) -> u64 {
        self.fence_ms
    }

    pub(super) const fn count(&self) -> u32 {
        self.permits
    }
}
