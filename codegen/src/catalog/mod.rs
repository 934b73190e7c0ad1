//! Every generated method and what it sends: the one table from which the docs are printed.
//!
//! Tests hold it to the runtime: one compares names and meanings with the runtime's source, another runs
//! every method on a server and compares what arrives.

mod any;
mod case;
mod counter;
mod facts;
mod family;
mod group;
mod hash;
mod method;
mod policy;
mod set;
mod stream;
mod string;
mod table;
mod zset;
mod zset_read;

pub use facts::Facts;
pub use method::{Atomicity, Case, Effect, Method, Only, Retry, Section, Trips, When};
pub use policy::Policy;

use redis_schema_model::model::{Schema, Structure, Unit};

/// Methods of one structure, beside those of every key.
#[derive(Debug)]
pub struct Table {
    /// The structure as a schema names it; `any` for those of every key, `family` for those of every kind of
    /// key, `group` for those of a group.
    pub structure: &'static str,
    /// Its methods.
    pub methods: &'static [&'static [Method]],
}

/// Every table.
pub const TABLES: &[Table] = &[
    table("string", &[string::METHODS]),
    table("counter", &[counter::METHODS]),
    table("hash", &[hash::METHODS]),
    table("stream", &[stream::METHODS]),
    table("set", &[set::METHODS]),
    table("zset", &[zset_read::METHODS, zset::METHODS]),
    table("any", &[any::METHODS]),
    table("family", &[family::METHODS]),
    table("group", &[group::METHODS]),
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

/// The methods of a structure's handle and family, those of every key last.
#[must_use]
pub fn methods(structure: &Structure) -> Vec<&'static Method> {
    let name = match structure {
        Structure::String(_) => "string",
        Structure::Counter(_) => "counter",
        Structure::Hash(_) => "hash",
        Structure::Stream { .. } => "stream",
        Structure::Set(_) => "set",
        Structure::ZSet { .. } => "zset",
        Structure::External(_) | Structure::JsonDocument(_) => return Vec::new(),
        _ => "",
    };
    [name, "any", "family"]
        .into_iter()
        .flat_map(table_of)
        .collect()
}

/// The methods of a channel.
#[must_use]
pub fn channel(sharded: bool) -> Vec<&'static Method> {
    table_of(if sharded {
        "sharded_channel"
    } else {
        "channel"
    })
    .collect()
}

/// The commands of a unit, in order.
#[must_use]
pub fn unit(schema: &Schema, unit: &Unit) -> Vec<String> {
    let _ = (schema, unit);
    Vec::new()
}
