//! What limiters decide.

#[cfg(feature = "metrics")]
use super::catalog;

/// A call was admitted or refused.
#[inline]
pub(crate) fn decided(template: &'static str, allowed: bool) {
    #[cfg(feature = "metrics")]
    {
        let outcome = if allowed { "admitted" } else { "refused" };
        metrics::counter!(catalog::DECISIONS, "template" => template, "outcome" => outcome)
            .increment(1);
    }
    let _ = (template, allowed);
}
