//! A key has the accessors of its own structure.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("shop.redis.yaml")]
mod shop {}

fn main() {
    let order = shop::keys::order(Uuid::nil());
    let _ = order.hgetall();
    let _ = shop::keys::totals(7).get();
}
