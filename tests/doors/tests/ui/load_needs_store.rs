//! Whoever loads needs a store, and a structure that is read as a whole.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("shop.redis.yaml")]
mod shop {}

async fn load(store: &shop::Store) {
    let load = async || Ok::<_, redis_schema::Error>(None);
    let _ = shop::keys::order(Uuid::nil()).get_or_load(load).await;
    let _ = store.totals(7).get_or_load(load).await;
}

fn main() {}
