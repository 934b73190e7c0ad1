//! Accessors of sets, sorted sets, places, bitmaps and estimates, on a real server: over both protocols,
//! alone and in batches, on synchronous and asynchronous connections.

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

mod bitmap;
mod classes;
mod geo;
mod hyperloglog;
mod schema;
mod set;
mod set_algebra;
mod zset;
mod zset_algebra;
mod zset_range;
