//! What takes several commands needs a store; whoever loads, a structure that is read as a whole.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("shop.redis.yaml")]
mod shop {}

#[redis_schema("consumers.redis.yaml")]
mod events {}

async fn load(store: &shop::Store) {
    let load = async || Ok::<_, redis_schema::Error>(None);
    let _ = shop::keys::order(Uuid::nil()).get_or_load(load).await;
    let _ = store.totals(7).get_or_load(load).await;
}

async fn change() {
    let order = shop::keys::order(Uuid::nil());
    let _ = order.update_with(3, |found: Option<shop::Order>| found).await;
}

fn follow() {
    let _ = events::keys::orders().follow(redis_schema::stream::Position::Start);
}

fn main() {}
