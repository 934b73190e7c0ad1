//! What becomes of calls to caches.

#[cfg(feature = "metrics")]
use super::catalog;

/// A call that loads what is missing, counted once when it is over.
pub(crate) struct Reading {
    template: &'static str,
    outcome: &'static str,
}

impl Reading {
    /// It begins.
    pub(crate) fn begin(template: &'static str) -> Self {
        let outcome = "cancelled";
        Self { template, outcome }
    }

    /// A fresh entry answers it.
    #[inline]
    pub(crate) fn hit(&mut self, found: bool) {
        self.outcome = if found { "hit" } else { "nothing" };
    }

    /// Something else answers it.
    pub(crate) fn ended(&mut self, outcome: &'static str) {
        self.outcome = outcome;
    }
}

impl Drop for Reading {
    #[inline]
    fn drop(&mut self) {
        let Self { template, outcome } = self;
        #[cfg(feature = "metrics")]
        metrics::counter!(catalog::CACHE_READS, "template" => *template, "outcome" => *outcome)
            .increment(1);
        let _ = (template, outcome);
    }
}

/// An entry of no use was found, or a loaded value was not taken.
#[cold]
pub(crate) fn entry(template: &'static str, event: &'static str) {
    #[cfg(feature = "metrics")]
    metrics::counter!(catalog::CACHE_ENTRIES, "template" => template, "event" => event)
        .increment(1);
    #[cfg(feature = "tracing")]
    tracing::debug!(target: "redis_schema", template, event, "an entry of a cache");
    let _ = (template, event);
}
