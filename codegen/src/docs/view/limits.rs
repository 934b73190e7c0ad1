//! What a limiter's page says of it.

use redis_schema_model::model::{LimitAlgorithm, LimitRule, RateLimit};

use super::key::NoteView;

/// What is allowed, what that means, and what a fail-over does to it.
pub(super) fn notes(limiter: &RateLimit) -> Vec<NoteView> {
    let rules: Vec<String> = limiter.rules.iter().map(LimitRule::text).collect();
    let (guarantee, state) = match limiter.algorithm {
        LimitAlgorithm::Gcra => (
            "in any window at most the burst and what the pace of the rule adds",
            "`gcra`: of each rule the moment at which all calls are paid off",
        ),
        LimitAlgorithm::SlidingLog => (
            "in no window, wherever it begins, more calls than the rule says",
            "`sliding_log`: every call that counts, by its time",
        ),
    };
    let most = limiter.most_cost();
    let parts = [
        (
            "Allows",
            format!("{}; one call costs at most {most}", rules.join(" and ")),
        ),
        (
            "Guarantees",
            format!("{guarantee}, by the server's clock; a call counts for all rules or for none"),
        ),
        ("Keeps", state.to_owned()),
        (
            "After a fail-over",
            "calls that the replica had not heard of are forgotten: as many more are admitted"
                .to_owned(),
        ),
    ];
    let notes = parts.map(|(label, text)| NoteView { label, text });
    notes.into()
}
