//! A struct of one's own that nobody made readable.

use redis_schema::redis_schema;

#[redis_schema("own.redis.yaml")]
mod own {}

#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub note: Option<String>,
}

fn main() {
    let _ = own::keys::order(redis_schema::value::Uuid::nil()).get();
}
