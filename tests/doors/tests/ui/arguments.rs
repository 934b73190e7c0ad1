//! What stands in the parentheses.

use redis_schema::redis_schema;

#[redis_schema]
pub mod nothing {}

#[redis_schema(shop.redis.yaml)]
pub mod unquoted {}

#[redis_schema("shop.redis.yaml", name = "shop")]
pub mod unknown {}

#[redis_schema("shop.redis.yaml", schema = "shop.redis.yaml")]
pub mod twice {}

#[redis_schema("shop.redis.yaml", crate = redis_schema)]
pub mod no_text {}

#[redis_schema("shop.redis.yaml", crate = "redis_schema")]
pub mod relative {}

#[redis_schema("shop.redis.yaml", crate = "not a path")]
pub mod no_path {}

#[redis_schema("shop.redis.yaml", type = "Order")]
pub mod with_type {}

fn main() {}
