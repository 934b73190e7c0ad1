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
        Structure::Cache(cache) if cache.tags.is_empty() => ("`get`", "`put`"),
        Structure::Cache(_) => ("`get`", "`put`, `put_tagged`"),
        Structure::Progress(_) => ("`value`, `totals`, `snapshot`", "`report`, `report_with`"),
        _ => ("", ""),
    }
}

/// The method that reads the whole value and takes a loader; empty where there is none.
const fn loader(structure: &Structure) -> &'static str {
    match structure {
        Structure::String(_) | Structure::Cache(_) => "`get_or_load`",
        Structure::Hash(_) => "`hgetall_or_load`",
        Structure::JsonDocument(_) => "`json_get_or_load`",
        _ => "",
    }
}

/// Of a limiter.
fn decides(allow: bool) -> String {
    let verb = if allow { "admit" } else { "refuse" };
    format!(
        "`admit`, `admit_cost`, `peek` {verb} every call, and the decision says that the server was not asked; everything else fails"
    )
}

/// What calls do; `None` where all of them fail.
pub(super) fn words(schema: &Schema, key: &Key) -> Option<String> {
    let way = &key.on_unavailable;
    if way.is_error() {
        return None;
    }
    if let Fallback::Allow | Fallback::Deny = way.read {
        return Some(decides(way.read == Fallback::Allow));
    }
    let (reads, writes) = methods(&key.structure);
    let loader = loader(&key.structure);
    let loads =
        (!loader.is_empty()).then(|| format!("{loader} calls its loader and stores nothing"));
    let (read, load) = match &way.read {
        Fallback::Error | Fallback::Allow | Fallback::Deny => (None, None),
        Fallback::Absent => (
            Some(format!("{reads} answer as if nothing were there")),
            loads,
        ),
        Fallback::Load => (None, loads),
        Fallback::Value(default) => {
            let value = at_rest(schema, &key.structure, default);
            (Some(format!("{reads}, {loader} answer `{value}`")), None)
        }
    };
    let write = way.skip_writes.then(|| match &key.structure {
        Structure::Progress(_) => format!("{writes} are dropped, and answered so"),
        _ => format!("what {writes} would store is dropped and reported as done, so that an older value may come back with the server"),
    });
    let rest = Some("everything else fails".to_owned());
    let words: Vec<String> = [read, load, write, rest].into_iter().flatten().collect();
    Some(words.join("; "))
}
