//! That no method is left out: whatever the catalogue lists is driven through the faults, or stands here.

use std::collections::BTreeSet;

use redis_schema_codegen::catalog::{self, Method, Only};

/// Methods without anything that a fault could hit.
const SENDS_NOTHING: [&str; 11] = [
    "key", "name", "topic", "parse", "pattern", "group", "deadline", "is_lost", "lost", "token",
    "fence",
];
/// Methods that run on a connection of the user's own, which knows of no store and repeats nothing.
const ON_OWN_CONNECTIONS: [&str; 4] = ["_on", "scan_match_on", "update_with_on", "dump"];
/// Methods for servers with a module, which no test has.
const NEEDS_A_MODULE: &str = "json_";
/// Methods that wait, which no batch holds: [`waiting`](crate::waiting) drives them.
pub const WAITING: [&str; 5] = ["blpop", "brpop", "blmove", "bzpopmin", "bzpopmax"];

/// Methods that wait if they are told to.
pub const MAY_WAIT: [&str; 3] = ["xread", "read_group", "read"];

/// What a table has been through.
#[derive(Debug, Default)]
pub struct Covered(BTreeSet<&'static str>);

impl Covered {
    /// Notes that a method was driven through the fault of this pass.
    pub fn note(&mut self, name: &'static str) {
        self.0.insert(name);
    }

    /// Asserts that every method of a table was; `fields` asks for those on lifetimes of fields alone.
    #[track_caller]
    pub fn assert_all_of(&self, table: &str, fields: bool) {
        let wanted = |method: &&Method| (method.only == Only::Expiring) == fields;
        let methods = catalog::table_of(table).filter(wanted);
        let names = methods.map(|method| method.name);
        let missing: Vec<_> = names
            .filter(|name| !self.0.contains(name) && !is_excused(name))
            .collect();
        assert!(
            missing.is_empty(),
            "{table}: never driven through faults: {missing:?}"
        );
    }
}

/// A table of the catalogue that no module here drives would be left out unseen.
#[test]
fn every_table_is_driven() {
    let driven = [
        "string",
        "counter",
        "hash",
        "hash_map",
        "list",
        "bitmap",
        "hyperloglog",
        "geo",
        "cache",
        "tagged_cache",
        "cache_tag",
        "stream",
        "consumers",
        "set",
        "zset",
        "rate_limit",
        "any",
        "family",
        "group",
        "channel",
        "lock",
        "semaphore",
        "guard",
        "fence",
        "queue",
        "session",
        "session_index",
        "progress",
        "progress_events",
    ];
    let tables = catalog::TABLES.iter().map(|table| table.structure);
    // Documents need a module.
    let left: Vec<_> = tables
        .filter(|table| !driven.contains(table) && *table != "json_document")
        .collect();
    assert!(left.is_empty(), "no module drives {left:?}");
}

fn is_excused(name: &str) -> bool {
    SENDS_NOTHING.contains(&name)
        || WAITING.contains(&name)
        || ON_OWN_CONNECTIONS.iter().any(|end| name.ends_with(end))
        || name.starts_with(NEEDS_A_MODULE)
}
