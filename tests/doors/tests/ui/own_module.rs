//! Where the schema's module is cannot always be seen.

use own::OrderStatus as Status;
use redis_schema::redis_schema;

#[redis_schema("own.redis.yaml")]
mod own {}

type Items = Vec<own::Item>;

#[redis_schema(schema = "own.redis.yaml", type = "Order")]
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub status: Status,
    pub items: Items,
    pub note: Option<String>,
}

fn main() {}
