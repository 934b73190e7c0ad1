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
mod many;
mod moving;
mod replicas;
mod secure;
mod sentinel;
mod slots;
mod structures;
mod topology;
mod waiting;
mod walking;

/// How long a call may take where a machine is busy with something else: no test waits for it that passes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// Keys of every structure.
#[redis_schema::redis_schema("tests/several/several.redis.yaml")]
pub mod several {}

/// Keys in more than one database.
pub mod standalone {
    pub use redis_schema_tests::everything::Schema;
}
