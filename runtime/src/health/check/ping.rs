//! How long a round trip takes, and whether the server serves at all.

use std::time::{Duration, Instant};

use redis::RedisResult;

use super::{Server, shown};
use crate::health::report::{Check, micros};

/// Enough to tell one slow answer from a slow server.
const ROUNDS: usize = 5;

pub(super) async fn check(server: &Server) -> RedisResult<Check> {
    let mut connection = server.connection.clone();
    let mut times: [Duration; ROUNDS] = [Duration::ZERO; ROUNDS];
    for time in &mut times {
        let started = Instant::now();
        let answer = redis::cmd("PING").exec_async(&mut connection).await;
        // A server that cannot save refuses this too, but it is there, and reads go on: other checks say so.
        if let Err(error) = answer
            && error.code() != Some("MISCONF")
        {
            return Err(error);
        }
        *time = started.elapsed();
    }
    times.sort_unstable();
    Ok(assess(
        times[ROUNDS / 2],
        times[ROUNDS - 1],
        server.limits.ping,
    ))
}

fn assess(median: Duration, worst: Duration, limit: Duration) -> Check {
    let mut check = Check::new("ping");
    check.fact("median_us", micros(median));
    check.fact("worst_us", micros(worst));
    if median > limit {
        check.degraded(
            "ping.slow",
            format!(
                "a round trip takes {}, more than {}",
                shown(median),
                shown(limit)
            ),
        );
    }
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::State;

    #[test]
    fn one_slow_answer_is_no_slow_server() {
        let ms = Duration::from_millis;
        assert_eq!(assess(ms(1), ms(500), ms(100)).state(), State::Ok);
        let slow = assess(ms(150), ms(500), ms(100));
        assert_eq!(
            slow.reasons[0].message,
            "a round trip takes 150 ms, more than 100 ms"
        );
    }
}
