//! What the attribute stands on.

use redis_schema::redis_schema;

#[redis_schema("shop.redis.yaml")]
fn shop() {}

#[redis_schema(schema = "shop.redis.yaml", type = "OrderStatus")]
enum OrderStatus {
    Placed,
}

fn main() {}
