//! Keys and channels.

use super::caches::{CACHE, CACHE_TAG};
use super::declarations::{ABOUT, ALLOW, DATABASE_FIELD, PREFIX};
use super::durability::{CHANNEL_DURABILITY, DURABILITY};
use super::forms::{COUNT, NAME, SIZE, TEMPLATE, WORDS};
use super::lifetime::{FIELDS_TTL, TTL};
use super::limits::RATE_LIMIT;
use super::lists::LIST;
use super::locks::{LOCK, SEMAPHORE};
use super::progress::PROGRESS;
use super::queues::QUEUE;
use super::sessions::{SESSION, SESSION_INDEX};
use super::shape::{Field, Object, Role, Shape, field};
use super::streams::STREAM;
use super::structures::{
    BITMAP, COUNTER, EXTERNAL, GEO, HASH, HASH_MAP, HYPERLOGLOG, JSON_DOCUMENT, SET, STRING, ZSET,
};
use super::types::{ONE_OF, TAG, UNKNOWN_FIELDS};
use super::unavailable::{FALLBACK, ON_UNAVAILABLE};
use super::values::{RECORD, VALUE_EXPRESSION, WAS};

/// A key.
pub(super) static KEY: Object = Object {
    called: "a key",
    name: "key",
    about: "A kind of key: its template, how long it lives, and exactly one structure.",
    choice: Some("structure"),
    fields: &[
        field!(
            "key",
            Shape::Text(&TEMPLATE),
            "\"job:{job_id}\"",
            "The template.",
            role = Role::Required,
            also = ["template", "pattern", "name", "path"]
        ),
        DATABASE_FIELD,
        ABOUT,
        field!(
            "owner",
            Shape::Text(&WORDS),
            "team-jobs",
            "Who answers for it.",
            also = ["team", "maintainer"]
        ),
        Field {
            role: Role::RequiredUnless(&[
                "external",
                "lock",
                "semaphore",
                "rate_limit",
                "queue",
                "session",
                "session_index",
            ]),
            ..TTL
        },
        STRING,
        COUNTER,
        HASH,
        HASH_MAP,
        LIST,
        SET,
        ZSET,
        STREAM,
        BITMAP,
        HYPERLOGLOG,
        GEO,
        JSON_DOCUMENT,
        CACHE,
        CACHE_TAG,
        EXTERNAL,
        LOCK,
        SEMAPHORE,
        RATE_LIMIT,
        SESSION,
        SESSION_INDEX,
        QUEUE,
        PROGRESS,
        FIELDS_TTL,
        field!(
            "prefix",
            PREFIX,
            "\"jobs:\"",
            "Put before the template, in place of the schema's prefix.",
            default = "the schema's `prefix`"
        ),
        field!(
            "slot",
            Shape::Text(&NAME),
            "job_id",
            "The placeholder that decides the cluster slot: it stands in literal braces.",
            also = ["hash_tag", "tag"]
        ),
        field!(
            "replica_ok",
            Shape::Switch,
            "true",
            "Reads may be answered by a replica, which may be behind; where there is none the primary answers.",
            default = "`false`",
            also = ["read_from_replica", "replica"]
        ),
        DURABILITY,
        ON_UNAVAILABLE,
        FALLBACK,
        field!(
            "size",
            Shape::Object(&TYPICAL_SIZE),
            "{ bytes: 2KiB, keys: 10k }",
            "Typical size and number, for the estimates of the reference."
        ),
        field!(
            "deprecated",
            Shape::Either(&[Shape::Text(&WORDS), Shape::Object(&DEPRECATION)]),
            "Use `job_v2`.",
            "That it should no longer be used, and what to use instead."
        ),
        field!(
            "example",
            Shape::Text(&WORDS),
            "\"job:0b2a7c1e-58f6-4a0d-9c3f-2f1f6a1f6f10\"",
            "A name that such a key may have, prefix included; `check` reads it back by the template.",
            also = ["examples", "sample"]
        ),
        WAS,
        ALLOW,
    ],
};

static TYPICAL_SIZE: Object = Object {
    called: "a size",
    name: "typical size",
    about: "Typical size and number of keys.",
    choice: None,
    fields: &[
        field!(
            "bytes",
            Shape::Text(&SIZE),
            "2KiB",
            "Typical bytes of one key's value.",
            role = Role::Required
        ),
        field!(
            "keys",
            Shape::Text(&COUNT),
            "10k",
            "Typical number of such keys.",
            role = Role::Required,
            also = ["count", "number"]
        ),
    ],
};

static DEPRECATION: Object = Object {
    called: "a deprecation",
    name: "deprecation",
    about: "Notice that a key should no longer be used.",
    choice: None,
    fields: &[
        field!(
            "since",
            Shape::Text(&WORDS),
            "2026-11-01",
            "Since when: a date or a version."
        ),
        field!(
            "remove_after",
            Shape::Text(&WORDS),
            "2027-02-01",
            "When it may go: a date or a version.",
            also = ["until", "removed_in"]
        ),
        field!(
            "instead",
            Shape::Text(&WORDS),
            "job_v2",
            "What to use instead.",
            role = Role::Required,
            also = ["use", "replacement", "reason"]
        ),
    ],
};

/// A channel.
pub(super) static CHANNEL: Object = Object {
    called: "a channel",
    name: "channel",
    about: "A publish/subscribe channel.",
    choice: None,
    fields: &[
        field!(
            "channel",
            Shape::Text(&TEMPLATE),
            "\"job:{job_id}:events\"",
            "The template.",
            role = Role::Required,
            also = ["key", "template", "pattern", "name", "topic"]
        ),
        ABOUT,
        ALLOW,
        field!(
            "message",
            Shape::Either(&[Shape::Named(&VALUE_EXPRESSION), Shape::Object(&MESSAGE)]),
            "json<JobEvent>",
            "What is said on it.",
            role = Role::Required,
            also = ["value", "type", "payload", "messages"]
        ),
        field!(
            "sharded",
            Shape::Switch,
            "true",
            "Sent by `SPUBLISH` to the node of the channel's slot instead of to every node.",
            default = "`false`"
        ),
        CHANNEL_DURABILITY,
        field!(
            "prefix",
            PREFIX,
            "\"jobs:\"",
            "Put before the template, in place of the schema's prefix.",
            default = "the schema's `prefix`"
        ),
    ],
};

/// A message declared in place.
pub(super) static MESSAGE: Object = Object {
    called: "a message",
    name: "message",
    about: "A message whose type is declared in place.",
    choice: Some("content"),
    fields: &[
        Field {
            role: Role::Choice,
            ..ONE_OF
        },
        field!(
            "fields",
            RECORD,
            "{ job_id: job_id, status: JobStatus }",
            "A record of these fields.",
            role = Role::Choice
        ),
        Field {
            role: Role::With(&["one_of"]),
            ..TAG
        },
        UNKNOWN_FIELDS,
    ],
};
