//! How far the server's clock is from ours.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use redis::RedisResult;

use super::{Server, shown};
use crate::health::report::{Check, micros};

pub(super) async fn check(server: &Server) -> RedisResult<Check> {
    let mut connection = server.connection.clone();
    let (before, started) = (SystemTime::now(), Instant::now());
    let (seconds, micros): (u64, u32) = redis::cmd("TIME").query_async(&mut connection).await?;
    let there = Duration::from_secs(seconds) + Duration::from_micros(u64::from(micros));
    // The server looked at its clock about half-way.
    let here = before.duration_since(UNIX_EPOCH).unwrap_or_default() + started.elapsed() / 2;
    Ok(assess(here, there, server.limits.clock))
}

fn assess(here: Duration, there: Duration, limit: Duration) -> Check {
    let mut check = Check::new("clock");
    let offset = here.abs_diff(there);
    check.fact("offset_us", micros(offset));
    if offset > limit {
        let direction = if there > here { "ahead of" } else { "behind" };
        check.degraded(
            "clock.offset",
            format!("the server's clock is {} {direction} ours", shown(offset)),
        );
    }
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_count() {
        let (s, limit) = (Duration::from_secs, Duration::from_secs(1));
        assert_eq!(assess(s(10), s(10), limit).reasons, []);
        assert_eq!(
            assess(s(10), s(40), limit).reasons[0].message,
            "the server's clock is 30 s ahead of ours"
        );
        assert_eq!(
            assess(s(40), s(10), limit).reasons[0].message,
            "the server's clock is 30 s behind ours"
        );
    }
}
