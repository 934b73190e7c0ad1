//! Keys, types and fields that the schema does not declare.

use redis_schema::redis_schema;
use redis_schema::value::Uuid;

#[redis_schema("shop.redis.yaml")]
mod shop {}

fn main() {
    let _ = shop::keys::ordr(Uuid::nil());
    let _ = shop::keys::totals(7).hget(shop::Totals::CENT);
    let _ = shop::OrderStatus::Lost;
}
