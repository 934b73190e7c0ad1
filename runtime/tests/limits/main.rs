//! Limits of calls on a real server.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

#[path = "../server/mod.rs"]
mod server;

mod deciding;
mod hammer;
mod schema;
mod waiting;
mod without;
