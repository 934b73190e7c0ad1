//! Many at once: what is admitted stays within the bound in every window.

use std::time::{Duration, Instant};

use redis_schema::rate_limit::{Algorithm, Limited};
use redis_schema::structure::RateLimit;
use redis_schema::{Handle, Key, Store};

use crate::schema::{Fast, FastLog, Schema};
use crate::server::{Protocol, Server};

/// When a call that was admitted was sent, and when it was answered: it was admitted in between.
type Admitted = (Duration, Duration);

/// Four tasks that call as fast as they can for a while.
fn hammer<K, A>(key: K, protocol: Protocol) -> Vec<Admitted>
where
    A: Algorithm,
    K: Limited + Key<Structure = RateLimit<A>> + Copy + Send + Sync + 'static,
{
    const FOR: Duration = Duration::from_secs(1);
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::connect::<Schema>(&server.url(protocol, 0))
            .await
            .unwrap();
        let begin = Instant::now();
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    let mut admitted = Vec::new();
                    while begin.elapsed() < FOR {
                        let sent = begin.elapsed();
                        if Handle::with(key, &store).admit().await.unwrap().allowed {
                            admitted.push((sent, begin.elapsed()));
                        }
                    }
                    admitted
                })
            })
            .collect();
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await.unwrap());
        }
        all.sort_unstable();
        all
    })
}

/// In every window that holds calls from their being sent to their answers there are at most so many.
fn within(admitted: &[Admitted], bound: impl Fn(Duration) -> f64) {
    for (begin, _) in admitted {
        let mut ends: Vec<Duration> = admitted
            .iter()
            .filter(|(sent, _)| sent >= begin)
            .map(|(_, answered)| *answered)
            .collect();
        ends.sort_unstable();
        for (at, end) in ends.iter().enumerate() {
            let count = u32::try_from(at + 1).unwrap();
            assert!(
                f64::from(count) <= bound(*end - *begin),
                "{count} in {:?}",
                *end - *begin
            );
        }
    }
}

#[test]
fn a_pace_is_kept_under_load() {
    for protocol in Protocol::ALL {
        let admitted = hammer(Fast, protocol);
        within(&admitted, |window| 10.0 + 50.0 * window.as_secs_f64());
        // The burst comes at once, and the pace goes on behind it.
        assert!(admitted.len() > 10, "{}", admitted.len());
    }
}

#[test]
fn a_log_is_kept_under_load() {
    for protocol in Protocol::ALL {
        let admitted = hammer(FastLog, protocol);
        // So many windows cover the time.
        within(&admitted, |window| {
            20.0 * (window.as_secs_f64() / 0.2).floor() + 20.0
        });
        assert!(admitted.len() > 20, "{}", admitted.len());
    }
}
