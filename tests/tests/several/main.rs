//! A store on several servers: a cluster, and a master that sentinels watch.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod breaker;
mod closing;
mod cluster;
mod health;
mod load;
mod moving;
mod replicas;
mod secure;
mod sentinel;
mod structures;

/// Keys of every structure.
#[redis_schema::redis_schema("tests/several/several.redis.yaml")]
pub mod several {}

/// Keys in more than one database.
pub mod standalone {
    pub use redis_schema_tests::everything::Schema;
}
