//! What becomes of locks and permits.

use std::time::Duration;
#[cfg(feature = "metrics")]
use std::time::Instant;

#[cfg(feature = "metrics")]
use super::catalog;

/// A call for a lock or a permit, counted once when it is over.
pub(crate) struct Acquiring {
    template: &'static str,
    outcome: &'static str,
    #[cfg(feature = "metrics")]
    since: Instant,
}

impl Acquiring {
    /// It begins.
    pub(crate) fn begin(template: &'static str) -> Self {
        Self {
            template,
            outcome: "cancelled",
            #[cfg(feature = "metrics")]
            since: Instant::now(),
        }
    }

    /// The caller has it now.
    pub(crate) fn acquired(&mut self) {
        self.outcome = "acquired";
        #[cfg(feature = "metrics")]
        metrics::histogram!(catalog::LOCK_WAIT, "template" => self.template)
            .record(self.since.elapsed());
    }

    /// Others hold it.
    pub(crate) fn busy(&mut self) {
        self.outcome = "busy";
    }

    /// Nobody knows who holds it.
    pub(crate) fn failed(&mut self) {
        self.outcome = "error";
    }
}

impl Drop for Acquiring {
    fn drop(&mut self) {
        let Self {
            template, outcome, ..
        } = self;
        #[cfg(feature = "metrics")]
        metrics::counter!(catalog::ACQUIRES, "template" => *template, "outcome" => *outcome)
            .increment(1);
        #[cfg(feature = "tracing")]
        tracing::debug!(target: "redis_schema", template, outcome, "a lock was asked for");
        let _ = (template, outcome);
    }
}

/// A hold has ended after so long, given back or lost.
pub(crate) fn held(template: &'static str, time: Duration, lost: bool) {
    #[cfg(feature = "metrics")]
    {
        metrics::histogram!(catalog::LOCK_HELD, "template" => template).record(time);
        if lost {
            metrics::counter!(catalog::LOCK_LOST, "template" => template).increment(1);
        }
    }
    #[cfg(feature = "tracing")]
    if lost {
        tracing::warn!(target: "redis_schema", template, "a lock was lost before it was given back");
    }
    let _ = (template, time, lost);
}
