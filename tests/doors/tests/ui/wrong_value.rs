//! A value takes its own type only.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("shop.redis.yaml")]
mod shop {}

fn main() {
    let order = shop::keys::order(Uuid::nil());
    let _ = order.set(&"paid");
    let _ = order.set(&shop::Order::new("paid"));
}
