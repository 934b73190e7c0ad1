//! Which declared type a struct stands for.

use redis_schema::redis_schema;

#[redis_schema(schema = "own.redis.yaml", type = "Ordr")]
pub struct Misspelt {
    pub note: Option<String>,
}

#[redis_schema(schema = "own.redis.yaml", type = "Item")]
pub struct Generated {
    pub name: String,
}

#[redis_schema(schema = "own.redis.yaml", type = "Money")]
pub struct WithoutFields {
    pub cents: u64,
}

#[redis_schema(schema = "own.redis.yaml", type = "Order")]
pub struct Tuple(u8);

#[redis_schema(schema = "own.redis.yaml", type = "Order")]
pub struct Generic<T> {
    pub note: T,
}

#[redis_schema(schema = "own.redis.yaml", type = "Order")]
#[derive(serde::Serialize)]
pub struct Derived {
    pub note: Option<String>,
}

fn main() {}
