//! What is held for a while: locks and semaphores.

use std::time::Duration;

use super::{Expiry, Key, KeyId, Lifetime, OnWrite, Structure};

/// How a lock or a permit is held, beside its lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hold {
    /// How long a caller waits for others; without it, not at all.
    pub wait: Option<Duration>,
    /// The guard renews the lease.
    pub renew: bool,
    /// How long one hold lasts at most.
    pub max_hold: Option<Duration>,
}

impl Key {
    /// The key that it was declared with, if it has no declaration of its own.
    #[must_use]
    pub const fn implied_by(&self) -> Option<KeyId> {
        match self.structure {
            Structure::Fence { lock } => Some(lock),
            Structure::QueueTasks { queue } => Some(queue),
            Structure::ProgressEvents { progress } => Some(progress),
            _ => None,
        }
    }

    /// Whether accessors may change its lifetime: unless that is set once, or what it holds says how long it lives.
    #[must_use]
    pub fn is_extendable(&self) -> bool {
        let held = matches!(
            self.structure,
            Structure::Lock { .. }
                | Structure::Semaphore { .. }
                | Structure::Fence { .. }
                | Structure::Cache(_)
                | Structure::CacheTag
                | Structure::Queue(_)
                | Structure::QueueTasks { .. }
                | Structure::Session(_)
                | Structure::SessionIndex { .. }
                | Structure::Progress(_)
                | Structure::ProgressEvents { .. }
        );
        let once = |expiry: &Expiry| expiry.on_write == OnWrite::SetOnce;
        let fixed = matches!(&self.lifetime, Lifetime::Expires(expiry) if once(expiry));
        !held && !fixed
    }
}
