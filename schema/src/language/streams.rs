//! Streams and what reads them.

use super::declarations::ABOUT;
use super::forms::{COUNT, DURATION, MAX_AGE, MAXLEN, NAME, TYPE_NAME};
use super::shape::{Field, Object, Role, Shape, Word, field};
use super::values::RECORD;

pub(super) const STREAM: Field = field!(
    "stream",
    Shape::Object(&STREAM_RULE),
    "{ entry: JobEvent, maxlen: ~1000 }",
    "A log of records.",
    role = Role::Choice,
    also = ["log"]
);

static STREAM_RULE: Object = Object {
    called: "a stream",
    name: "stream",
    about: "A log of records, cut at its old end as new entries come.",
    choice: None,
    fields: &[
        field!(
            "entry",
            Shape::Either(&[Shape::Text(&TYPE_NAME), RECORD]),
            "JobEvent",
            "The fields of an entry: in place, or the name of a record type.",
            role = Role::Required,
            also = ["fields", "value", "message", "entries"]
        ),
        field!(
            "maxlen",
            Shape::Text(&MAXLEN),
            "~1000",
            "Most entries kept.",
            also = ["max_len", "max", "length", "limit"]
        ),
        field!(
            "max_age",
            Shape::Text(&MAX_AGE),
            "7d",
            "Oldest entries kept, by the server's clock.",
            also = ["minid", "age", "retention"]
        ),
        field!(
            "groups",
            Shape::Either(&[
                Shape::List(&Shape::Text(&NAME)),
                Shape::Names {
                    name: &NAME,
                    value: &Shape::Object(&CONSUMER_GROUP)
                },
            ]),
            "{ mailer: { min_idle: 60s }, indexer: {} }",
            "Consumer groups: their names, or each with how it works.",
            also = ["group", "consumers"]
        ),
    ],
};

static CONSUMER_GROUP: Object = Object {
    called: "a consumer group",
    name: "consumer group",
    about: "Consumers that share the entries of a stream among them. Entries that were delivered `max_deliveries` times and \
            never acknowledged move to the stream `dead_letter`, where somebody looks at them.",
    choice: None,
    fields: &[
        ABOUT,
        field!(
            "start",
            Shape::Words(&[
                Word {
                    text: "first",
                    about: "With the oldest entry there is."
                },
                Word {
                    text: "new",
                    about: "With the first entry added after the group was made."
                },
            ]),
            "first",
            "Where a group that is new begins.",
            default = "`first`",
            also = ["from", "position"]
        ),
        field!(
            "ack",
            Shape::Words(&[
                Word {
                    text: "after",
                    about: "When the work on it is done: a consumer that fails leaves it to another, so it may be done twice."
                },
                Word {
                    text: "before",
                    about: "When it is delivered: a consumer that fails loses it."
                },
            ]),
            "after",
            "When an entry counts as dealt with.",
            default = "`after`",
            also = ["acknowledge", "no_ack", "noack"]
        ),
        field!(
            "min_idle",
            Shape::Text(&DURATION),
            "60s",
            "How long an entry lies unacknowledged before another consumer takes it over: longer than the work on one takes.",
            also = ["idle", "claim_after", "visibility", "reclaim"]
        ),
        field!(
            "heartbeat",
            Shape::Text(&DURATION),
            "20s",
            "How often a consumer says that it is still at work on an entry, so that nobody takes it over: work may then take longer \
             than `min_idle`.",
            role = Role::With(&["min_idle"]),
            also = ["renew", "keep_alive", "keepalive", "touch", "beat"]
        ),
        field!(
            "max_deliveries",
            Shape::Text(&COUNT),
            "5",
            "How often an entry is delivered before it is given up.",
            role = Role::With(&["dead_letter"]),
            also = ["max_attempts", "retries", "attempts"]
        ),
        field!(
            "dead_letter",
            Shape::Text(&NAME),
            "order_failed",
            "The stream that takes what is given up. It has the same entries, lies in the same database, and its placeholders \
             are among those of this stream.",
            role = Role::With(&["max_deliveries"]),
            also = ["dlq", "dead", "dead_letters"]
        ),
    ],
};
