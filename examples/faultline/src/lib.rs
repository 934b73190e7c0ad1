//! The analysis service: hash a text, look in the cache, analyse it if need be, and let everybody follow.
//!
//! Its keys are described in `faultline.redis.yaml`; nothing here writes a key's name or a lifetime.

pub mod analyse;
pub mod service;

/// The keyspace of the service, from its schema.
#[redis_schema::redis_schema("faultline.redis.yaml")]
pub mod keyspace {}
