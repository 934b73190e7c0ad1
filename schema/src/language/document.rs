//! A file: the root of a schema, or a part that a root imports.

use super::declarations::{ACCEPTED, DATABASE, GROUP, PACK, POLICY, PREFIX, SERVER, UNIT};
use super::forms::{NAME, PATH, TYPE_NAME, WORDS};
use super::keys::{CHANNEL, KEY};
use super::params::PARAM;
use super::shape::{Field, Object, Role, Shape, Word, field};
use super::tombstones::TOMBSTONE;
use super::types::TYPE_DECLARATION;

/// The file that is asked for.
pub static ROOT: Object = Object {
    called: "a schema",
    name: "document",
    about: "One keyspace. A file that another one imports holds the same fields except `schema`, `version`, `server`, \
            `topology`, `prefix`, `policy` and `accept`, which only the root may say.",
    choice: None,
    fields: &[
        EDITION,
        SCHEMA,
        REVISION,
        ABOUT,
        OWNER,
        IMPORTS,
        SERVER_FIELD,
        TOPOLOGY,
        PREFIX_FIELD,
        DATABASES,
        PARAMS,
        TYPES,
        KEYS,
        CHANNELS,
        UNITS,
        GROUPS,
        PACKS,
        TOMBSTONES,
        POLICY_FIELD,
        ACCEPT,
    ],
};

/// A file that another one imports.
pub static PART: Object = Object {
    called: "an imported file",
    name: "part",
    about: "What one keyspace takes from another file.",
    choice: None,
    fields: &[
        EDITION, ABOUT, OWNER, IMPORTS, DATABASES, PARAMS, TYPES, KEYS, CHANNELS, UNITS, GROUPS,
        PACKS, TOMBSTONES,
    ],
};

const EDITION: Field = field!(
    "edition",
    Shape::Number { min: 1, max: 1 },
    "1",
    "Edition of this language. It freezes rules and defaults, so that an upgrade never changes a verdict.",
    role = Role::Required
);

const SCHEMA: Field = field!(
    "schema",
    Shape::Text(&NAME),
    "faultline",
    "Name of the keyspace, and of the generated module unless that is named otherwise.",
    role = Role::Required,
    also = ["name", "title"]
);

const REVISION: Field = field!(
    "version",
    Shape::Number {
        min: 1,
        max: u32::MAX as i64
    },
    "1",
    "Version of the data at rest, counted up whenever stored data changes its meaning.",
    role = Role::Required,
    also = ["revision"]
);

const ABOUT: Field = field!(
    "about",
    Shape::Text(&WORDS),
    "Job state and result cache of the analysis service.",
    "What the keyspace is for.",
    also = ["description", "desc", "doc", "summary"]
);

const OWNER: Field = field!(
    "owner",
    Shape::Text(&WORDS),
    "team-jobs",
    "Who answers for the keyspace.",
    also = ["team", "maintainer"]
);

const IMPORTS: Field = field!(
    "imports",
    Shape::List(&Shape::Text(&PATH)),
    "[shared/params.redis.yaml]",
    "Files whose declarations belong to this keyspace too. A file that is imported twice counts once.",
    also = ["import", "include", "includes", "extends"]
);

const SERVER_FIELD: Field = field!(
    "server",
    Shape::Object(&SERVER),
    "{ min: \"7.0\" }",
    "What the server must be. Whatever it lacks is refused."
);

const TOPOLOGY: Field = field!(
    "topology",
    Shape::Words(&[
        Word {
            text: "standalone",
            about: "One server."
        },
        Word {
            text: "sentinel",
            about: "A primary that Sentinel replaces when it fails."
        },
        Word {
            text: "cluster",
            about: "Redis Cluster: one database, every unit in one slot."
        },
    ]),
    "cluster",
    "How the servers are arranged.",
    default = "`standalone`"
);

const PREFIX_FIELD: Field = field!(
    "prefix",
    PREFIX,
    "{ default: \"shop:\", env: SHOP_PREFIX }",
    "Put before every key and channel that declares no prefix of its own.",
    default = "empty",
    also = ["namespace"]
);

const DATABASES: Field = field!(
    "databases",
    Shape::Names {
        name: &NAME,
        value: &Shape::Either(&[
            Shape::Number {
                min: 0,
                max: 65_535
            },
            Shape::Object(&DATABASE)
        ]),
    },
    "{ jobs: { index: 1, about: Sessions and jobs } }",
    "Logical databases of the server.",
    default = "one database with index 0",
    also = ["dbs", "database"]
);

const PARAMS: Field = field!(
    "params",
    Shape::Names {
        name: &NAME,
        value: &PARAM
    },
    "{ job_id: { type: uuid, about: Identifier of one job } }",
    "Placeholders. Each means the same in every template.",
    also = ["parameters", "placeholders", "variables"]
);

const TYPES: Field = field!(
    "types",
    Shape::Names {
        name: &TYPE_NAME,
        value: &Shape::Object(&TYPE_DECLARATION)
    },
    "{ JobStatus: { enum: [queued, running, done] } }",
    "Types of values.",
    also = ["structs", "enums", "models", "definitions"]
);

const KEYS: Field = field!(
    "keys",
    Shape::Names {
        name: &NAME,
        value: &Shape::Object(&KEY)
    },
    "{ job: { key: \"job:{job_id}\", ttl: 24h, string: bytes } }",
    "The keys, each with its template, lifetime and structure.",
    also = ["entries", "templates"]
);

const CHANNELS: Field = field!(
    "channels",
    Shape::Names {
        name: &NAME,
        value: &Shape::Object(&CHANNEL)
    },
    "{ job_events: { channel: \"job:{job_id}:events\", message: string } }",
    "Publish/subscribe channels.",
    also = ["pubsub", "topics", "events"]
);

const UNITS: Field = field!(
    "units",
    Shape::Names {
        name: &NAME,
        value: &Shape::Object(&UNIT)
    },
    "{ create_job: { writes: [job, job_files] } }",
    "Keys that are written together or not at all.",
    also = ["transactions"]
);

const GROUPS: Field = field!(
    "groups",
    Shape::Names {
        name: &NAME,
        value: &Shape::Object(&GROUP)
    },
    "{ everything_of_a_job: { by: job_id } }",
    "Every key that carries one parameter: listed, measured and removed together."
);

const PACKS: Field = field!(
    "packs",
    Shape::Names {
        name: &NAME,
        value: &Shape::Object(&PACK)
    },
    "{ celery: { patterns: [\"celery-task-meta-*\"] } }",
    "Keys of others on the same server."
);

const TOMBSTONES: Field = field!(
    "tombstones",
    Shape::Names {
        name: &NAME,
        value: &Shape::Object(&TOMBSTONE)
    },
    "{ old_job: { key: \"jobs/{job_id}\", removed_in: 3 } }",
    "Keys that are gone from the schema while their data may still lie on the server.",
    also = ["removed"]
);

const POLICY_FIELD: Field = field!(
    "policy",
    Shape::Object(&POLICY),
    "{ max_key_bytes: 256 }",
    "Limits that every key must keep."
);

const ACCEPT: Field = field!(
    "accept",
    Shape::List(&Shape::Object(&ACCEPTED)),
    "[]",
    "Breaks of compatibility that somebody answers for."
);
