//! Structures: what lies under a key.

use super::forms::{NAME, TYPE, TYPE_NAME};
use super::shape::{Field, Object, Role, Shape, Word, field};
use super::values::{RECORD, TYPE_EXPRESSION, VALUE_EXPRESSION};

const VALUE: Shape = Shape::Named(&VALUE_EXPRESSION);

pub(super) const STRING: Field = field!(
    "string",
    VALUE,
    "json<Job>",
    "One value.",
    role = Role::Choice,
    also = ["value", "json", "text", "bytes"]
);

pub(super) const COUNTER: Field = field!(
    "counter",
    Shape::Words(&[
        Word {
            text: "i64",
            about: "Signed 64-bit integer."
        },
        Word {
            text: "i32",
            about: "Signed 32-bit integer."
        },
        Word {
            text: "i16",
            about: "Signed 16-bit integer."
        },
        Word {
            text: "i8",
            about: "Signed 8-bit integer."
        },
        Word {
            text: "u64",
            about: "Unsigned integer up to 2^63-1, where the server's arithmetic ends."
        },
        Word {
            text: "u32",
            about: "Unsigned 32-bit integer."
        },
        Word {
            text: "u16",
            about: "Unsigned 16-bit integer."
        },
        Word {
            text: "u8",
            about: "Unsigned 8-bit integer."
        },
        Word {
            text: "f64",
            about: "Floating-point number."
        },
    ]),
    "i64",
    "A number that the server increments.",
    role = Role::Choice,
    also = ["number", "incr", "integer"]
);

pub(super) const HASH: Field = field!(
    "hash",
    Shape::Either(&[Shape::Text(&TYPE_NAME), RECORD]),
    "{ status: JobStatus, created_at: timestamp_ms }",
    "A record with one hash field for each of its fields: in place, or the name of a record type.",
    role = Role::Choice,
    also = ["fields", "record", "struct", "object"]
);

pub(super) const HASH_MAP: Field = field!(
    "hash_map",
    Shape::Names {
        name: &TYPE,
        value: &VALUE
    },
    "{ string: u64 }",
    "A hash with free fields: the type of the fields and that of the values.",
    role = Role::Choice,
    also = ["map", "dict", "hashmap"]
);

pub(super) const SET: Field = field!(
    "set",
    VALUE,
    "{ ref: job.job_id }",
    "Distinct values.",
    role = Role::Choice
);

pub(super) const ZSET: Field = field!(
    "zset",
    Shape::Object(&SORTED_SET),
    "{ member: { ref: job.job_id }, score: timestamp_ms }",
    "Distinct values with a score.",
    role = Role::Choice,
    also = ["sorted_set", "sortedset", "ranking", "leaderboard"]
);

pub(super) const BITMAP: Field = field!(
    "bitmap",
    Shape::Object(&BITMAP_RULE),
    "{}",
    "Bits by offset.",
    role = Role::Choice,
    also = ["bits", "bitfield"]
);

pub(super) const HYPERLOGLOG: Field = field!(
    "hyperloglog",
    VALUE,
    "slug",
    "An estimate of the number of distinct values.",
    role = Role::Choice,
    also = ["hll", "pfcount"]
);

pub(super) const GEO: Field = field!(
    "geo",
    VALUE,
    "slug",
    "Members with coordinates.",
    role = Role::Choice,
    also = ["geospatial"]
);

pub(super) const JSON_DOCUMENT: Field = field!(
    "json_document",
    Shape::Named(&TYPE_EXPRESSION),
    "Job",
    "A document of the server's JSON type, which Redis has from version 8 on.",
    role = Role::Choice,
    also = ["redisjson", "rejson"]
);

pub(super) const EXTERNAL: Field = field!(
    "external",
    Shape::Words(&[
        Word {
            text: "any",
            about: "Of whatever type."
        },
        Word {
            text: "string",
            about: "A string."
        },
        Word {
            text: "hash",
            about: "A hash."
        },
        Word {
            text: "list",
            about: "A list."
        },
        Word {
            text: "set",
            about: "A set."
        },
        Word {
            text: "zset",
            about: "A sorted set."
        },
        Word {
            text: "stream",
            about: "A stream."
        },
    ]),
    "any",
    "Written by somebody else: described here, never generated. It needs no `ttl:`.",
    role = Role::Choice
);

static SORTED_SET: Object = Object {
    called: "a sorted set",
    name: "sorted set",
    about: "Distinct values ordered by a score.",
    choice: None,
    fields: &[
        field!(
            "member",
            VALUE,
            "{ ref: job.job_id }",
            "The values.",
            role = Role::Required,
            also = ["value", "members", "type"]
        ),
        field!(
            "score",
            Shape::Words(&[
                Word {
                    text: "timestamp_s",
                    about: "Seconds since 1970."
                },
                Word {
                    text: "timestamp_ms",
                    about: "Milliseconds since 1970."
                },
                Word {
                    text: "rank",
                    about: "A position: whole numbers."
                },
                Word {
                    text: "float",
                    about: "Any number."
                },
            ]),
            "timestamp_ms",
            "What the score means.",
            role = Role::Required,
            also = ["by", "order"]
        ),
    ],
};

static BITMAP_RULE: Object = Object {
    called: "a bitmap",
    name: "bitmap",
    about: "Bits by offset. Those that stand for something of their own have names; of offsets that are computed, such as the number of a \
            user, nothing is known.",
    choice: None,
    fields: &[field!(
        "bits",
        Shape::Names {
            name: &NAME,
            value: &Shape::Number {
                min: 0,
                max: u32::MAX as i64
            },
        },
        "{ dark_mode: 0, beta: 1 }",
        "Names of bits with their offsets; `setbit` and `getbit` take the names. An offset that had a name is best never given to another.",
        also = ["flags", "names", "offsets"]
    )],
};
