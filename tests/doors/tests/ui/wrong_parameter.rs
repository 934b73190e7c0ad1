//! A placeholder takes its own type only.

use redis_schema::redis_schema;

#[redis_schema("shop.redis.yaml")]
mod shop {}

fn main() {
    let _ = shop::keys::order("5f3b");
    let _ = shop::keys::totals();
}
