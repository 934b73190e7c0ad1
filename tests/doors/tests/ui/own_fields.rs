//! A struct of one's own has the declared fields and no others.

use redis_schema::redis_schema;

#[redis_schema("own.redis.yaml")]
mod own {}

#[redis_schema(schema = "own.redis.yaml", type = "Order")]
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub status: String,
    pub item: Vec<own::Item>,
    pub note: String,
}

fn main() {}
