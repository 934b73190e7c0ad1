//! What is set once is not given another lifetime.

use std::time::Duration;

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("shop.redis.yaml")]
mod shop {}

fn main() {
    let receipt = shop::keys::receipt(Uuid::nil());
    let _ = receipt.expire(Duration::from_secs(60));
    let _ = receipt.persist();
}
