//! Whatever happens, nothing that a program tells of itself holds a password, a key or a value: neither what it logs
//! at the finest level, nor its metrics, nor what its errors, options and health look like.
//!
//! Every password, parameter and value of these tests holds one of [`SECRETS`].

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod opening;
mod several;
mod single;
mod told;

use std::time::Duration;

use redis_schema::redis;
use told::Told;

/// What must never be told.
const SECRETS: [&str; 3] = ["hunter2", "swordfish", "1987654321"];
/// In passwords, in values, and in keys.
const PASSWORD: &str = "hunter2";
const VALUE: &str = "swordfish";
const ID: u32 = 1_987_654_321;

/// Servers that do not understand what is said to them are silent.
const SHORT: Duration = Duration::from_millis(300);
/// A busy machine is not under test.
const PATIENCE: Duration = Duration::from_secs(60);

/// Keys of every structure.
#[redis_schema::redis_schema("tests/several/several.redis.yaml")]
mod keyspace {}

/// A user that may do everything, and nobody else may.
const USERS: [&[&str]; 2] = [
    &[
        "ACL", "SETUSER", "app", "on", ">hunter2", "~*", "&*", "+@all",
    ],
    &[
        "ACL",
        "SETUSER",
        "default",
        "resetpass",
        ">hunter2-of-admin",
    ],
];

fn tell(connection: &mut redis::Connection, words: &[&str]) {
    let mut cmd = redis::Cmd::new();
    cmd.arg(words).exec(connection).unwrap();
}
