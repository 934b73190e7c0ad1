//! The accessors need a place to be put in.

use redis_schema::redis_schema;

#[redis_schema("shop.redis.yaml")]
mod shop;

fn main() {}
