//! A crate that gets its accessors from a build script, and brings structs of its own.

use redis_schema::redis_schema;
use redis_schema::value::TimestampMs;

include!(concat!(env!("OUT_DIR"), "/redis_schemas.rs"));

/// One order, with what only this program knows to do with it.
#[redis_schema(schema = "schemas/shop.redis.yaml", type = "Order")]
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Where it stands.
    pub status: shop::OrderStatus,
    /// Who placed it.
    pub customer: u64,
    /// What was bought.
    pub items: Vec<shop::Item>,
    /// What the customer said.
    pub note: Option<String>,
    /// When it was placed.
    pub placed_at: TimestampMs,
    /// How many parcels it goes in.
    pub parcels: u8,
}

/// What is written down for later.
pub mod audit_log {
    use redis_schema::redis_schema;
    use redis_schema::value::TimestampMs;

    use crate::audit::Deed;

    /// One deed.
    #[redis_schema(schema = "schemas/audit.redis.yaml", module = "crate::audit")]
    #[derive(Clone, Debug, PartialEq)]
    pub struct Entry {
        /// Who did it.
        pub customer: u64,
        /// What was done.
        pub deed: Deed,
        /// How bad it is.
        pub weight: u8,
        /// What was done before.
        pub follows: Deed,
        /// The day it counts for.
        pub day: redis_schema::value::Date,
        /// Anything else.
        pub details: Option<redis_schema::value::Json>,
        /// When it was done.
        pub at: TimestampMs,
    }
}
