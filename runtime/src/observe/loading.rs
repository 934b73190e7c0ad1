//! What becomes of loads.

#[cfg(feature = "metrics")]
use super::catalog;

/// A load under way, counted when it is over.
pub(crate) struct Loading {
    template: &'static str,
    outcome: &'static str,
}

impl Loading {
    /// A loader is called.
    pub(crate) fn begin(template: &'static str) -> Self {
        let outcome = "cancelled";
        Self { template, outcome }
    }

    /// It has found something, or that there is nothing.
    pub(crate) fn ended(&mut self, found: bool) {
        self.outcome = if found { "loaded" } else { "nothing" };
    }

    /// It has failed.
    pub(crate) fn failed(&mut self) {
        self.outcome = "error";
    }
}

impl Drop for Loading {
    fn drop(&mut self) {
        count(self.template, self.outcome);
    }
}

/// A caller has waited for the load of another and shares it.
pub(crate) fn shared(template: &'static str) {
    count(template, "shared");
}

fn count(template: &'static str, outcome: &'static str) {
    #[cfg(feature = "metrics")]
    metrics::counter!(catalog::LOADS, "template" => template, "outcome" => outcome).increment(1);
    #[cfg(feature = "tracing")]
    tracing::debug!(target: "redis_schema", template, outcome, "what is not stored was asked for");
    let _ = (template, outcome);
}
