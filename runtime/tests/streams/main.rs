//! Streams, groups of consumers and channels, on a real server.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

#[path = "../server/mod.rs"]
mod server;

#[allow(dead_code)]
#[path = "../values/policies.rs"]
mod policies;

/// For its macros.
#[macro_use]
#[allow(dead_code)]
#[path = "../values/schema.rs"]
mod values;

mod claim;
mod follow;
mod group;
mod info;
mod log;
mod schema;
