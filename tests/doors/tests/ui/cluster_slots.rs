//! What a cluster cannot run in one slot, whatever the values are.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("cluster.redis.yaml")]
mod cluster {}

async fn together(store: &cluster::Store) {
    let id = Uuid::nil();
    // These may lie in one slot.
    let _ = store.atomic((store.order(id).get(), store.lines(id).smembers())).await;
    let _ = redis_schema::atomic((cluster::keys::receipt(id).get(), cluster::keys::receipt(id).del()));
    let _ = store.pipeline((store.order(id).get(), store.receipt(id).get())).await;
    // These may not.
    let _ = store.atomic((store.order(id).get(), store.visited(7).smembers())).await;
    let _ = store.lines(id).sinterstore([&store.visited(7)]).await;
    let _ = cluster::keys::order(id).rename_to(&cluster::keys::receipt(id));
}

fn main() {}
