//! Every generated method and what it sends: the one table from which the docs are printed.
//!
//! Tests hold it to the runtime: one compares names and meanings with the runtime's source, another runs
//! every method on a server and compares what arrives.

mod any;
mod bitmap;
mod cache;
mod cache_tag;
mod caching;
mod case;
mod channel;
mod consumers;
mod counter;
mod expiring;
mod facts;
mod family;
mod fence;
mod geo;
mod group;
mod groups;
mod guard;
mod hash;
mod hash_map;
mod hyperloglog;
mod json_document;
mod list;
mod lock;
mod method;
mod policy;
mod progress;
mod progress_events;
mod queue;
mod rate_limit;
mod reports;
mod semaphore;
mod session;
mod session_index;
mod set;
mod stream;
mod string;
mod table;
mod tagged_cache;
mod zset;
mod zset_read;

pub use facts::Facts;
pub use groups::Groups;
pub use method::{Atomicity, Case, Effect, Method, Only, Retry, Section, Trips, When};
pub use policy::Policy;

use redis_schema_model::model::{Key, Schema, Structure, Unit};

/// Methods of one structure, beside those of every key.
#[derive(Debug)]
pub struct Table {
    /// The structure as a schema names it; `consumers` for those of a stream's group of consumers, `guard` for those of what is held, `any` for those
    /// of every key, `family` for those of every kind of key, `group` for those of a group.
    pub structure: &'static str,
    /// Its methods.
    pub methods: &'static [&'static [Method]],
}

/// Every table.
pub const TABLES: &[Table] = &[
    table("string", &[string::METHODS]),
    table("counter", &[counter::METHODS]),
    table("hash", &[hash::METHODS]),
    table("hash_map", &[hash_map::METHODS]),
    table("list", &[list::METHODS]),
    table("bitmap", &[bitmap::METHODS]),
    table("hyperloglog", &[hyperloglog::METHODS]),
    table("geo", &[geo::METHODS]),
    table("json_document", &[json_document::METHODS]),
    table("rate_limit", &[rate_limit::METHODS]),
    table("cache", &[cache::METHODS]),
    table("tagged_cache", &[tagged_cache::METHODS]),
    table("cache_tag", &[cache_tag::METHODS]),
    table("session", &[session::METHODS]),
    table("session_index", &[session_index::METHODS]),
    table("stream", &[stream::METHODS]),
    table("consumers", &[consumers::METHODS]),
    table("set", &[set::METHODS]),
    table("zset", &[zset_read::METHODS, zset::METHODS]),
    table("queue", &[queue::METHODS]),
    table("lock", &[lock::METHODS]),
    table("semaphore", &[semaphore::METHODS]),
    table("guard", &[guard::METHODS]),
    table("fence", &[fence::METHODS]),
    table("progress", &[progress::METHODS]),
    table("progress_events", &[progress_events::METHODS]),
    table("any", &[any::METHODS]),
    table("family", &[family::METHODS]),
    table("group", &[group::METHODS]),
    table("channel", &[channel::METHODS]),
];

const fn table(structure: &'static str, methods: &'static [&'static [Method]]) -> Table {
    Table { structure, methods }
}

/// The methods of a table; none for an unknown name.
pub fn table_of(structure: &str) -> impl Iterator<Item = &'static Method> {
    TABLES
        .iter()
        .filter(move |table| table.structure == structure)
        .flat_map(|table| table.methods.iter().copied().flatten())
}

/// The methods of a structure's handle and family, those of its declared groups of consumers and of what is held
/// included, those of every key last.
#[must_use]
pub fn methods(structure: &Structure) -> Vec<&'static Method> {
    if matches!(structure, Structure::External(_)) {
        return Vec::new();
    }
    let declared = match structure {
        Structure::Stream { groups, .. } if !groups.is_empty() => "consumers",
        Structure::Lock { .. } | Structure::Semaphore { .. } => "guard",
        _ => "",
    };
    let own = match structure {
        Structure::Cache(cache) if !cache.tags.is_empty() => "tagged_cache",
        structure => structure.name(),
    };
    [own, declared, "any", "family"]
        .into_iter()
        .flat_map(table_of)
        .collect()
}

/// Whether every key, or every kind of key, has the method.
#[must_use]
pub fn is_common(method: &Method) -> bool {
    let mut common = ["any", "family"].into_iter().flat_map(table_of);
    common.any(|other| other == method)
}

/// The commands of a unit, in order, on the keys it writes, each called as `name` says.
pub fn unit(schema: &Schema, unit: &Unit, name: impl Fn(&Key) -> String) -> Vec<String> {
    let commands = unit.writes.iter().flat_map(|id| {
        let key = &schema[*id];
        let facts = Facts::of(schema, key);
        let name = name(key);
        written(key)
            .and_then(|method| method.sent(&facts).into_iter().next())
            .into_iter()
            .flat_map(|(_, commands)| commands)
            .filter(|command| command != "MULTI" && command != "EXEC")
            .map(move |command| on(&command, &name))
            .collect::<Vec<_>>()
    });
    let mut all = vec!["MULTI".to_owned()];
    all.extend(commands);
    all.push("EXEC".to_owned());
    all
}

/// The method that a unit calls for a key, and its plainest write.
#[must_use]
pub fn written(key: &Key) -> Option<&'static Method> {
    let (table, method) = match &key.structure {
        Structure::String(_) => ("string", "set"),
        Structure::Counter(_) => ("counter", "set"),
        Structure::Hash(_) => ("hash", "hset"),
        Structure::HashMap { .. } => ("hash_map", "hset_multiple"),
        Structure::List(_) if key.queue.is_some() => ("list", "push_many"),
        Structure::List(_) => ("list", "rpush_many"),
        Structure::Set(_) => ("set", "sadd_many"),
        Structure::ZSet { .. } => ("zset", "zadd_many"),
        Structure::Stream { .. } => ("stream", "xadd"),
        Structure::Geo(_) => ("geo", "geo_add_many"),
        Structure::Bitmap => ("bitmap", "setbit"),
        Structure::HyperLogLog(_) => ("hyperloglog", "pfadd_many"),
        Structure::JsonDocument(_) => ("json_document", "json_set"),
        Structure::RateLimit(_) => ("rate_limit", "admit"),
        Structure::Progress(_) => ("progress", "report"),
        Structure::Queue(_) => ("queue", "enqueue_with"),
        Structure::Lock { .. }
        | Structure::Semaphore { .. }
        | Structure::Fence { .. }
        | Structure::Cache(_)
        | Structure::CacheTag
        | Structure::QueueTasks { .. }
        | Structure::Session(_)
        | Structure::SessionIndex { .. }
        | Structure::ProgressEvents { .. }
        | Structure::External(_) => return None,
    };
    table_of(table).find(|candidate| candidate.name == method)
}

/// Whether a unit may be sent again as a whole: whether everything it writes may. Nobody sees its answers.
#[must_use]
pub fn unit_retry(schema: &Schema, unit: &Unit) -> Retry {
    let doubles = unit
        .writes
        .iter()
        .filter_map(|id| written(&schema[*id]))
        .any(|method| method.retry == Retry::Unsafe);
    if doubles {
        Retry::Unsafe
    } else {
        Retry::Idempotent
    }
}

/// A command with the word `key` replaced by a name.
fn on(command: &str, name: &str) -> String {
    let words = command.split(' ').map(|word| match word {
        "key" => name,
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}
