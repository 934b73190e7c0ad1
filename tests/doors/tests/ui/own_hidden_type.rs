//! Types behind other names are compared by the compiler.

use redis_schema::redis_schema;

#[redis_schema("own.redis.yaml")]
mod own {}

type Text = Option<Vec<u8>>;

#[redis_schema(schema = "own.redis.yaml", type = "Order")]
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub status: own::OrderStatus,
    pub items: Vec<own::Item>,
    pub note: Text,
}

fn main() {}
