//! The one place that looks at the clock, for judgements that end on a day.

use std::time::{SystemTime, UNIX_EPOCH};

use redis_schema_rules::day::Day;

/// Today, UTC.
pub(crate) fn today() -> Day {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |now| now.as_secs());
    Day::of_unix(i64::try_from(seconds).unwrap_or(i64::MAX))
}
