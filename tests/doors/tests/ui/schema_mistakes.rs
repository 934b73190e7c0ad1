//! Every mistake of the schema is an error of its own, at the path.

use redis_schema::redis_schema;

#[redis_schema("broken.redis.yaml")]
pub mod broken {
    pub const STILL_THERE: u8 = 1;
}

fn main() {
    let _ = broken::STILL_THERE;
}
