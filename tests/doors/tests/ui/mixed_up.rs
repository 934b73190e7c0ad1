//! What belongs to different keys does not mix.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("shop.redis.yaml")]
mod shop {}

fn main() {
    let (order, totals) = (shop::keys::order(Uuid::nil()), shop::keys::totals(7));
    let _ = totals.hget(shop::Visits::FIRST);
    let _ = totals.rename_to(&order);
    let _ = redis_schema::pipeline((order.get(), totals));
}
