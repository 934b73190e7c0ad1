//! Schemas of any size, with every structure in turn.

use std::fmt::Write as _;

/// The YAML text of a schema with this many keys.
#[must_use]
pub fn schema(keys: usize) -> String {
    let mut out = String::from(HEAD);
    for at in 0..keys {
        let (structure, ttl) = STRUCTURES[at % STRUCTURES.len()];
        // Writing into a string cannot fail.
        let _ = write!(
            out,
            "  key_{at}:\n    key: \"area{}:kind{at}:{{document_uuid}}\"\n    about: State number {at} of one document.\n    ttl: {ttl}\n    {structure}\n",
            at % 37,
        );
    }
    out
}

/// As [`schema`], strings only: the simple key that emission is measured by.
#[must_use]
pub fn simple(keys: usize) -> String {
    let mut out = String::from(HEAD);
    for at in 0..keys {
        let _ = write!(
            out,
            "  key_{at}:\n    key: \"doc:kind{at}:{{document_uuid}}\"\n    about: State number {at} of one document.\n    ttl: {}s\n    string: string\n",
            3600 + at,
        );
    }
    out
}

const HEAD: &str = "edition: 1
schema: large
version: 1
about: A large keyspace.
params:
  document_uuid: { type: uuid, about: One document }
types:
  State: { enum: [waiting, running, done], about: Where it stands }
  Item:
    about: One item.
    fields:
      name: string
      size: { type: u64, unit: bytes }
      state: State
      note: string?
keys:
";

const STRUCTURES: [(&str, &str); 8] = [
    ("string: json<Item>", "24h"),
    ("counter: i64", "{ default: 1m, on_write: keep }"),
    ("hash: Item", "24h"),
    ("list: json<Item>", "{ default: 2h, jitter: 10% }"),
    ("set: string", "7d"),
    (
        "zset: { member: string, score: timestamp_ms }",
        "{ default: 1h, env: LARGE_TTL }",
    ),
    (
        "stream: { entry: Item, maxlen: ~1000 }",
        "{ none: trimmed by length }",
    ),
    ("string: string", "5m"),
];
