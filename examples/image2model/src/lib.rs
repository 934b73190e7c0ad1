//! The job store of an image-to-model backend: jobs, files, owners, progress and events.
//!
//! Its keys are described in `image2model.redis.yaml`; nothing here writes a key's name or a lifetime.

pub mod jobs;
pub mod limits;
pub mod models;
pub mod progress;

/// The keyspace of the backend, from its schema.
#[redis_schema::redis_schema("image2model.redis.yaml")]
pub mod keyspace {}
