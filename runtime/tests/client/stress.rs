//! Many callers on several threads, some of which go away before their answer comes.

use std::time::Duration;

use redis_schema::Store;
use redis_schema_test_server::{Protocol, Server};

use super::schema::{Schema, count};

const TASKS: u64 = 48;
const CALLS: u64 = 150;

fn threads() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn everybody_gets_his_own_answer() {
    let server = Server::start();
    for (protocol, most) in [(Protocol::Resp2, 4096), (Protocol::Resp3, 5)] {
        threads().block_on(async {
            let store: Store = Store::builder::<Schema>()
                .url(&server.url(protocol, 0))
                .max_in_flight(most)
                .open()
                .await
                .unwrap();
            let tasks: Vec<_> = (0..TASKS)
                .map(|task| {
                    let mut raw = store.raw_connection(0).unwrap();
                    tokio::spawn(async move {
                        for call in 0..CALLS {
                            // Some are longer than what the system takes at once.
                            let rest = if call % 8 == 0 {
                                (task * 797) as usize
                            } else {
                                0
                            };
                            let word = format!("{task}-{call}-{}", "x".repeat(rest));
                            let mut echo = redis::cmd("ECHO");
                            echo.arg(&word);
                            let answer = echo.query_async::<String>(&mut raw);
                            if (task + call) % 3 == 0 {
                                // Goes away, or not, at some point on the way.
                                let patience = Duration::from_micros(call * 7 % 400);
                                if let Ok(answer) = tokio::time::timeout(patience, answer).await {
                                    assert_eq!(answer.unwrap(), word);
                                }
                            } else {
                                assert_eq!(answer.await.unwrap(), word);
                            }
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
            assert!(store.close(Duration::from_secs(60)).await);
        });
    }
}

#[test]
fn nothing_is_counted_twice_and_nothing_acknowledged_is_lost() {
    let server = Server::start();
    threads().block_on(async {
        let store = Store::connect::<Schema>(&server.url(Protocol::Resp2, 0))
            .await
            .unwrap();
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    for _ in 0..CALLS {
                        count(&store).incr().await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let counted = count(&store).get().await.unwrap();
        assert_eq!(counted.map(i64::unsigned_abs), Some(TASKS * CALLS));
    });
}

#[test]
fn a_store_outlives_the_runtime_it_was_opened_in() {
    let server = Server::start();
    let open = || async {
        Store::connect::<Schema>(&server.url(Protocol::Resp2, 0))
            .await
            .unwrap()
    };
    let store = super::run(async {
        let store = open().await;
        count(&store).incr().await.unwrap();
        store
    });
    let counted = super::run(async { count(&store).incr().await.unwrap() });
    assert_eq!(counted, 2);
}
