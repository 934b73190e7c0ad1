//! What a key does without its server, in words.

use redis_schema_model::model::{Fallback, Key, Schema, Structure};

use crate::rust::unavailable::at_rest;

/// The methods that read the value and those that write it without an answer: the ones that go on.
const fn methods(structure: &Structure) -> (&'static str, &'static str) {
    match structure {
        Structure::String(_) => ("`get`, `get_ex`, `mget`", "`set`, `set_ex`, `mset`"),
        Structure::Hash(_) => (
            "`hgetall`, `hget`, `hmget`, `hkeys`",
            "`hset`, `hset_field`, `hset_fields`",
        ),
        Structure::HashMap { .. } => ("`hgetall`, `hget`, `hmget`, `hkeys`, `hvals`", ""),
        Structure::JsonDocument(_) => ("`json_get`", "`json_set`"),
        _ => ("", ""),
    }
}

/// What calls do; `None` where all of them fail.
pub(super) fn words(schema: &Schema, key: &Key) -> Option<String> {
    let way = &key.on_unavailable;
    if way.is_error() {
        return None;
    }
    let (reads, writes) = methods(&key.structure);
    let read = match &way.read {
        Fallback::Error => None,
        Fallback::Absent => Some(format!("{reads} answer as if nothing were there")),
        Fallback::Value(default) => {
            let value = at_rest(schema, &key.structure, default);
            Some(format!("{reads} answer `{value}`"))
        }
    };
    let write = way
        .skip_writes
        .then(|| format!("what {writes} would store is dropped and reported as done, so that an older value may come back with the server"));
    let rest = Some("everything else fails".to_owned());
    let words: Vec<String> = [read, write, rest].into_iter().flatten().collect();
    Some(words.join("; "))
}
