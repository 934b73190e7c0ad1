//! The schema as a whole, and the things that hold little.

use serde::{Deserialize, Serialize};

use super::fact::{facts, is_default};
use super::{Prefix, Template, Value};

facts! {
    /// What is said once for a schema.
    pub struct Header {
        /// Its name.
        pub name: String,
        /// Version of the data at rest.
        pub version: u32,
        /// Rule set and defaults it was written against.
        pub edition: u32,
        /// Who answers for it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub owner: Option<String>,
        /// Lowest server version, `7.0`.
        pub server_min: String,
        /// `redis` or `valkey`.
        pub flavour: String,
        /// `standalone`, `sentinel` or `cluster`.
        pub topology: String,
    }
}

facts! {
    /// Limits on keys.
    #[derive(Default)]
    pub struct Policy {
        /// Longest key in bytes.
        #[serde(default, skip_serializing_if = "is_default")]
        pub max_key_bytes: Option<u64>,
        /// Largest typical value in bytes.
        #[serde(default, skip_serializing_if = "is_default")]
        pub max_value_bytes: Option<u64>,
    }
}

facts! {
    /// A logical database.
    pub struct Database {
        /// Number given to `SELECT`.
        pub index: u16,
        /// Who owns it, when not this schema.
        #[serde(default, skip_serializing_if = "is_default")]
        pub external: Option<String>,
        /// `cache` or `durable`, for keys that do not say so themselves.
        #[serde(default, skip_serializing_if = "is_default")]
        pub durability: Option<String>,
    }
}

facts! {
    /// A channel. Its template and message are compared part by part.
    pub struct Channel {
        /// Its template.
        pub template: Template,
        /// What stands before it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub prefix: Prefix,
        /// Whether it is sent to one node only.
        #[serde(default, skip_serializing_if = "is_default")]
        pub sharded: bool,
        /// Whether no message may be lost.
        #[serde(default, skip_serializing_if = "is_default")]
        pub durable: bool,
        /// What a message is.
        pub message: Value,
    }
}

facts! {
    /// Keys written together.
    pub struct Unit {
        /// Their names, in the order they are written.
        pub writes: Vec<String>,
    }
}

facts! {
    /// Keys gathered by a parameter.
    pub struct Group {
        /// The parameter.
        pub by: String,
        /// Their names, in order of declaration.
        pub members: Vec<String>,
    }
}

facts! {
    /// Keys of others.
    pub struct Pack {
        /// Database they live in; in every one when there is none.
        #[serde(default, skip_serializing_if = "is_default")]
        pub database: Option<String>,
        /// Their patterns.
        pub patterns: Vec<String>,
    }
}

facts! {
    /// A key that is gone while its data may still be there.
    pub struct Tombstone {
        /// The template it had.
        pub template: Template,
        /// The prefix it had.
        #[serde(default, skip_serializing_if = "is_default")]
        pub prefix: Prefix,
        /// The number of its database.
        pub database: u16,
        /// Version in which it was removed.
        pub removed_in: u32,
    }
}

/// A break that somebody accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The rule, by code or name.
    pub rule: String,
    /// What it speaks of.
    pub path: String,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Last day, `YYYY-MM-DD`.
    pub expires: String,
    /// The migration that mends the data.
    #[serde(default, skip_serializing_if = "is_default")]
    pub migration: Option<String>,
}
