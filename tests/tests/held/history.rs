//! What several programs recorded of their holds, some of which were late, dropped or cut off: no two were right at the same time.

use std::time::{Duration, Instant};

use redis_schema::ErrorKind;
use tokio::task::JoinSet;

use crate::{Scene, both, held};

/// A hold as its holder saw it.
#[derive(Debug, Clone, Copy)]
struct Hold {
    number: u64,
    /// It was handed out.
    from: Instant,
    /// It was given back, or had to be.
    until: Instant,
}

const TASKS: usize = 8;
const HOLDS: usize = 12;

#[test]
fn no_two_hold_it_at_a_time_and_numbers_rise_as_they_do() {
    both(async |mut scene: Scene| {
        let stores = [scene.program().await, scene.program().await];
        let mut tasks = JoinSet::new();
        for at in 0..TASKS {
            tasks.spawn(work(stores[at % 2].clone(), at as u64));
        }
        let mut history = Vec::new();
        while let Some(recorded) = tasks.join_next().await {
            history.extend(recorded.unwrap());
            // Connections break, and what the server knows of scripts goes.
            scene.raw::<()>(&["SCRIPT", "FLUSH"]);
            scene.raw::<i64>(&["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
        }
        assert_eq!(history.len(), TASKS * HOLDS);
        history.sort_by_key(|hold| hold.number);
        for pair in history.windows(2) {
            let [before, after] = pair else { continue };
            assert!(before.number < after.number, "{pair:?}");
            assert!(before.until <= after.from, "two at a time: {pair:?}");
        }
    });
}

/// Holds the lock so many times: shortly, too long, until it is dropped.
async fn work(store: held::Store, seed: u64) -> Vec<Hold> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut recorded = Vec::new();
    while recorded.len() < HOLDS {
        let wait = Duration::from_secs(30);
        let guard = match store.brief(1).acquire_within(wait).await {
            Ok(guard) => guard,
            // It came back too late, or not at all: whoever holds it then is nobody here.
            Err(error) if error.is_unavailable() || error.kind() == ErrorKind::LeaseLost => {
                continue;
            }
            Err(error) => panic!("{error}"),
        };
        let from = Instant::now();
        let way = random.u8(..8);
        match way {
            0 => guard.lost().await,
            1 => drop(guard.renew().await),
            _ => {
                for _ in 0..random.u8(..10) {
                    drop(store.brief(2).exists().await);
                }
            }
        }
        let until = Instant::now().min(guard.deadline());
        let number = guard.fence().get();
        recorded.push(Hold {
            number,
            from,
            until,
        });
        if way == 2 {
            drop(guard);
            continue;
        }
        let late = guard.is_lost();
        match guard.release().await {
            Ok(()) => {}
            Err(error) => assert!(late || error.is_unavailable(), "{error}"),
        }
    }
    recorded
}
