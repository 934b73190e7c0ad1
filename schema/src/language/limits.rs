//! Limits of calls.

use super::forms::COUNT;
use super::shape::{Field, Form, Object, Role, Shape, Word, field};

/// So many calls in so much time.
static LIMIT: Form = Form {
    name: "limit",
    about: "Calls, `/` and a duration: `60/1m`. Under `gcra` also how many of them may come at once, where that is not all of \
            them: `60/1m burst 10`.",
    pattern: Some("^[0-9][0-9_]*[kM]?/[0-9]+(ms|s|m|h|d)( burst [0-9][0-9_]*[kM]?)?$"),
    examples: &["60/1m", "1000/1h", "60/1m burst 10"],
    plain: false,
};

/// `rate_limit:` of a key.
pub(super) const RATE_LIMIT: Field = field!(
    "rate_limit",
    Shape::Object(&LIMITER),
    "{ rules: [60/1m, 1000/1h] }",
    "So many calls in so much time. It needs no `ttl:`: the key goes when nothing counts any more.",
    role = Role::Choice,
    also = ["ratelimit", "limiter", "limit", "throttle"]
);

static LIMITER: Object = Object {
    called: "a limiter",
    name: "rate limit",
    about: "So many calls in so much time. A call is admitted if every rule allows it, and counts for all of them or for none.",
    choice: None,
    fields: &[
        field!(
            "rules",
            Shape::List(&Shape::Text(&LIMIT)),
            "[60/1m, 1000/1h]",
            "What is allowed: one rule for each window.",
            role = Role::Required,
            also = ["limits", "limit", "rule"]
        ),
        field!(
            "algorithm",
            Shape::Words(&[
                Word {
                    text: "gcra",
                    about: "Calls come back one by one, at the pace of the rule: after a burst of ten under `60/1m burst 10`, one a \
                            second. In any window there are at most the burst and what the pace adds. One number for each rule."
                },
                Word {
                    text: "sliding_log",
                    about: "Every call is written down: in no window, wherever it begins, are there more than the rule says. One \
                            entry for each call, 10,000 at most."
                },
            ]),
            "gcra",
            "How calls are counted.",
            default = "`gcra`",
            also = ["strategy", "kind", "type"]
        ),
        field!(
            "max_cost",
            Shape::Text(&COUNT),
            "5",
            "The most that one call may cost; dearer ones are refused before anything is sent.",
            default = "what the strictest rule lets through at once",
            also = ["cost", "max_tokens", "weight"]
        ),
    ],
};
