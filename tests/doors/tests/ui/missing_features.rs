//! A schema asks for what the program has not switched on: the compiler names the feature.

use redis_schema::redis_schema;

#[redis_schema("missing_features.redis.yaml")]
mod missing_features {}

fn main() {}
