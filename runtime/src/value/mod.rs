//! Value types that the standard library lacks, each with one text form.

mod hashed;
mod integer;
mod time;

pub use hashed::Hashed;
pub use integer::Integer;
pub use time::{DurationMs, DurationS, TimestampMs, TimestampS};

pub use ::time::{Date, OffsetDateTime};
#[cfg(feature = "decimal")]
pub use rust_decimal::Decimal;
/// Free-form JSON.
#[cfg(feature = "json")]
pub use serde_json::Value as Json;
pub use ulid::Ulid;
pub use uuid::Uuid;
