//! Lifetimes.

use super::forms::{DURATION, DURATION_RANGE, ENVIRONMENT, PERCENTAGE, WORDS};
use super::shape::{Field, Object, Role, Shape, Word, field};

/// `ttl:` of a key.
pub(super) const TTL: Field = field!(
    "ttl",
    Shape::Either(&[Shape::Text(&DURATION), Shape::Object(&LIFETIME)]),
    "24h",
    "How long it lives. `ttl: 24h` is short for `ttl: { default: 24h }`.",
    also = [
        "expire",
        "expires",
        "expiry",
        "expiration",
        "lifetime",
        "timeout"
    ]
);

/// A lifetime in its long form.
pub(super) static LIFETIME: Object = Object {
    called: "a lifetime",
    name: "lifetime",
    about: "How long a key lives, and what writes and reads do to the rest of its life.",
    choice: Some("moment of expiry"),
    fields: &[
        field!(
            "default",
            Shape::Text(&DURATION),
            "24h",
            "This long after a write.",
            role = Role::Choice,
            also = ["after", "ttl", "seconds", "value"]
        ),
        field!(
            "at",
            Shape::Words(&[Word {
                text: "end_of_day",
                about: "The next midnight UTC, by the server's clock."
            }]),
            "end_of_day",
            "At this moment.",
            role = Role::Choice,
            also = ["until"]
        ),
        field!(
            "none",
            Shape::Text(&WORDS),
            "Read by the exporter, kept for ever.",
            "Never, for this reason.",
            role = Role::Choice,
            also = ["never", "persistent", "reason"]
        ),
        field!(
            "env",
            Shape::Text(&ENVIRONMENT),
            "JOB_EXPIRATION",
            "Environment variable that overrides `default`.",
            role = Role::With(&["default"]),
            also = ["variable", "environment"]
        ),
        field!(
            "on_write",
            Shape::Words(&[
                Word {
                    text: "refresh",
                    about: "Every write starts the lifetime anew."
                },
                Word {
                    text: "keep",
                    about: "A write keeps the rest of the lifetime."
                },
                Word {
                    text: "set_once",
                    about: "As `keep`, and no accessor can lengthen it or take it away."
                },
            ]),
            "keep",
            "What a write does to the lifetime of a key that exists.",
            role = Role::With(&["default", "at"]),
            default = "`refresh`"
        ),
        field!(
            "on_read",
            Shape::Words(&[Word {
                text: "refresh",
                about: "Every read starts the lifetime anew."
            }]),
            "refresh",
            "What a read does to it.",
            role = Role::With(&["default"]),
            default = "nothing"
        ),
        field!(
            "jitter",
            Shape::Text(&PERCENTAGE),
            "10%",
            "Random share, under 50%, by which each lifetime is longer or shorter, so that not all end at once.",
            role = Role::With(&["default"])
        ),
        field!(
            "range",
            Shape::Text(&DURATION_RANGE),
            "1h..25h",
            "What an audit accepts as the rest of a life.",
            role = Role::With(&["default", "at"]),
            also = ["audit"]
        ),
    ],
};

/// `ttl:` of a field of a hash.
pub(super) const FIELD_TTL: Field = field!(
    "ttl",
    LIFETIME_OF_FIELD,
    "5m",
    "How long the field lives by itself, for records of hashes: it goes when its time is over, the others stay. Needs Redis 7.4.",
    also = ["expire", "expires", "expiry", "lifetime", "timeout"]
);

/// `field_ttl:` of a map.
pub(super) const FIELDS_TTL: Field = field!(
    "field_ttl",
    LIFETIME_OF_FIELD,
    "30s",
    "How long each field of a map lives by itself after it was written. Needs Redis 7.4.",
    role = Role::With(&["hash_map"]),
    also = ["entry_ttl", "fields_ttl", "item_ttl"]
);

const LIFETIME_OF_FIELD: Shape =
    Shape::Either(&[Shape::Text(&DURATION), Shape::Object(&FIELD_LIFETIME)]);

/// A lifetime of a field in its long form.
static FIELD_LIFETIME: Object = Object {
    called: "a lifetime of a field",
    name: "lifetime of a field",
    about: "How long a field of a hash lives by itself.",
    choice: None,
    fields: &[
        field!(
            "default",
            Shape::Text(&DURATION),
            "5m",
            "This long after a write of the field.",
            role = Role::Required,
            also = ["after", "ttl", "seconds", "value"]
        ),
        field!(
            "on_write",
            Shape::Words(&[
                Word {
                    text: "refresh",
                    about: "Every write of the field starts its lifetime anew."
                },
                Word {
                    text: "keep",
                    about: "A write keeps the rest of the field's lifetime."
                },
            ]),
            "keep",
            "What a write does to the lifetime of a field that exists.",
            default = "`refresh`"
        ),
        field!(
            "jitter",
            Shape::Text(&PERCENTAGE),
            "10%",
            "Random share, under 50%, by which each lifetime is longer or shorter."
        ),
    ],
};
