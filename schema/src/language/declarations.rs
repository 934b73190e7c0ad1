//! Databases, units, groups, packs, tombstones and what else a document declares.

use super::durability::DATABASE_DURABILITY;
use super::forms::{DATE, ENVIRONMENT, GLOB, NAME, RULE, SIZE, VERSION, WORDS};
use super::lint::LINT;
use super::shape::{Field, Object, Role, Shape, Word, field};

/// `about:` of anything.
pub(super) const ABOUT: Field = field!(
    "about",
    Shape::Text(&WORDS),
    "State of one job.",
    "What it is; it appears in the reference and in the generated code.",
    also = [
        "description",
        "desc",
        "doc",
        "docs",
        "comment",
        "summary",
        "help"
    ]
);

/// `allow:` of anything.
pub(super) const ALLOW: Field = field!(
    "allow",
    Shape::Names {
        name: &RULE,
        value: &Shape::Text(&WORDS)
    },
    "{ L401: One entry for each service }",
    "Lint rules that do not hold here, each with the reason. They cover the thing and all that stands in it.",
    also = ["ignore", "suppress", "noqa", "expect"]
);

/// `in:` of anything.
pub(super) const DATABASE_FIELD: Field = field!(
    "in",
    Shape::Text(&NAME),
    "jobs",
    "The database it lives in. Needed when more than one database of the schema's own is declared.",
    also = ["db", "database", "index"]
);

/// Text before a template.
pub(super) const PREFIX: Shape = Shape::Either(&[Shape::Text(&WORDS), Shape::Object(&PREFIX_RULE)]);

static PREFIX_RULE: Object = Object {
    called: "a prefix",
    name: "prefix",
    about: "Text put before a template, fixed or from the environment.",
    choice: None,
    fields: &[
        field!(
            "default",
            Shape::Text(&WORDS),
            "\"shop:\"",
            "The prefix when no variable overrides it; may be empty.",
            default = "empty",
            also = ["text", "value"]
        ),
        field!(
            "env",
            Shape::Text(&ENVIRONMENT),
            "SHOP_PREFIX",
            "Environment variable that overrides it.",
            also = ["variable", "environment"]
        ),
    ],
};

/// A logical database.
pub(super) static DATABASE: Object = Object {
    called: "a database",
    name: "database",
    about: "A logical database of the server. `jobs: 1` is short for `jobs: { index: 1 }`.",
    choice: None,
    fields: &[
        field!(
            "index",
            Shape::Number {
                min: 0,
                max: 65_535
            },
            "1",
            "The number given to `SELECT`.",
            role = Role::Required,
            also = ["db", "number", "id"]
        ),
        ABOUT,
        ALLOW,
        field!(
            "external",
            Shape::Text(&WORDS),
            "celery",
            "Whose it is, if not this schema's: described, never written by generated code.",
            also = ["owner"]
        ),
        DATABASE_DURABILITY,
    ],
};

/// What the server must be.
pub(super) static SERVER: Object = Object {
    called: "a server",
    name: "server",
    about: "What the server must be for the schema to work.",
    choice: None,
    fields: &[
        field!(
            "min",
            Shape::Text(&VERSION),
            "\"7.0\"",
            "Oldest version the keyspace is used with.",
            default = "`7.0`, of Valkey `7.2`",
            also = ["version", "minimum", "min_version"]
        ),
        field!(
            "flavour",
            Shape::Words(&[
                Word {
                    text: "redis",
                    about: "Redis itself."
                },
                Word {
                    text: "valkey",
                    about: "Valkey, the fork of Redis 7.2."
                },
            ]),
            "valkey",
            "Which implementation it is.",
            default = "`redis`",
            also = ["flavor", "kind"]
        ),
    ],
};

/// Keys written together.
pub(super) static UNIT: Object = Object {
    called: "a unit",
    name: "unit",
    about: "Keys of one database that are written together in one `MULTI`, each with its lifetime.",
    choice: None,
    fields: &[
        ABOUT,
        ALLOW,
        field!(
            "writes",
            Shape::List(&Shape::Text(&NAME)),
            "[job, job_files]",
            "The keys in the order they are written, each at most once.",
            role = Role::Required,
            also = ["keys", "write"]
        ),
    ],
};

/// Keys that share a parameter.
pub(super) static GROUP: Object = Object {
    called: "a group",
    name: "group",
    about: "Every key whose template carries one parameter.",
    choice: None,
    fields: &[
        ABOUT,
        ALLOW,
        field!(
            "by",
            Shape::Text(&NAME),
            "job_id",
            "The parameter they share.",
            role = Role::Required,
            also = ["param", "parameter", "key"]
        ),
    ],
};

/// Keys of somebody else.
pub(super) static PACK: Object = Object {
    called: "a pack",
    name: "pack",
    about: "Keys of somebody else on the same server. No key of the schema may look like one of them.",
    choice: None,
    fields: &[
        ABOUT,
        ALLOW,
        field!(
            "in",
            Shape::Text(&NAME),
            "queue",
            "The database they live in.",
            default = "every database",
            also = ["db", "database"]
        ),
        field!(
            "patterns",
            Shape::List(&Shape::Text(&GLOB)),
            "[\"celery-task-meta-*\", \"_kombu.*\"]",
            "What their names look like; `*` stands for any characters.",
            role = Role::Required,
            also = ["pattern", "keys", "match"]
        ),
    ],
};

/// Limits.
pub(super) static POLICY: Object = Object {
    called: "a policy",
    name: "policy",
    about: "Limits that every key must keep, and the rules of `check`.",
    choice: None,
    fields: &[
        field!(
            "max_key_bytes",
            Shape::Text(&SIZE),
            "256",
            "Longest key, prefix included."
        ),
        field!(
            "max_value_bytes",
            Shape::Text(&SIZE),
            "64KiB",
            "Largest typical value, as declared by `size:`."
        ),
        LINT,
    ],
};

/// An accepted break.
pub(super) static ACCEPTED: Object = Object {
    called: "an accepted break",
    name: "accepted break",
    about: "A break of compatibility that somebody answers for until a day.",
    choice: None,
    fields: &[
        field!(
            "rule",
            Shape::Text(&WORDS),
            "TTL_NO_SHRINK",
            "The rule that would speak up.",
            role = Role::Required
        ),
        field!(
            "path",
            Shape::Text(&WORDS),
            "job.status",
            "What it speaks of: a key, or a field of one.",
            role = Role::Required
        ),
        field!(
            "owner",
            Shape::Text(&WORDS),
            "team-jobs",
            "Who answers for it.",
            role = Role::Required
        ),
        field!(
            "reason",
            Shape::Text(&WORDS),
            "All readers were upgraded.",
            "Why it is accepted.",
            role = Role::Required
        ),
        field!(
            "expires",
            Shape::Text(&DATE),
            "2027-01-31",
            "Last day it is accepted.",
            role = Role::Required
        ),
        field!(
            "migration",
            Shape::Text(&WORDS),
            "2027-01-rename-jobs",
            "The migration that mends the data: the name of a file in the folder `migrations` beside the schema, without its ending. A break of data that never expires is accepted only with one, and `check` finds one that is not there."
        ),
    ],
};
