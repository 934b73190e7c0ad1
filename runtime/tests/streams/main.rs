//! Streams, groups of consumers and channels, on a real server.

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

mod beats;
mod channel;
mod claim;
mod declared;
mod follow;
mod group;
mod info;
mod log;
mod schema;
mod silence;
