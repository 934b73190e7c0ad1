//! A command that was made without a store waits for a connection.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("shop.redis.yaml")]
mod shop {}

async fn get() {
    let _ = shop::keys::order(Uuid::nil()).get().await;
}

fn main() {}
