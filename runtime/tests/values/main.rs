//! Accessors of single values, counters, hashes and lists, on a real server: over both protocols, alone and
//! in batches, on synchronous and asynchronous connections.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

#[path = "../server/mod.rs"]
mod server;

#[macro_use]
#[path = "../policies/mod.rs"]
mod policies;

mod any;
mod classes;
mod counter;
mod hash;
mod hash_edits;
mod hash_map;
mod list;
mod list_queue;
mod list_waiting;
mod schema;
mod string;
