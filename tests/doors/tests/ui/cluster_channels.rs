//! Sharded channels lie in slots as keys do; other channels are everywhere.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("cluster.redis.yaml")]
mod cluster {}

async fn together(store: &cluster::Store) {
    let id = Uuid::nil();
    // These may lie in one slot, or in none.
    let _ = store.atomic((store.order(id).set("a"), store.progress(id).publish("a"))).await;
    let _ = store.atomic((store.order(id).set("a"), store.news(7).publish("a"))).await;
    let _ = store.progress(id).subscribe().await;
    // These may not.
    let _ = store.atomic((store.order(id).set("a"), store.alerts(7).publish("a"))).await;
    let _ = redis_schema::atomic((cluster::channels::alerts(7).publish("a"), cluster::channels::progress(id).publish("a")));
    // Only a store listens.
    let _ = cluster::channels::progress(id).subscribe().await;
}

fn main() {}
