//! What locks and limiters tell.

use std::time::Duration;

use redis_schema::ErrorKind;
use redis_schema_test_server::{Protocol, Server};

use crate::metrics::{Recorded, of};
use crate::{SECRET, Store, store};

/// Holds a lock until the server has it no more.
pub(crate) async fn lose(server: &Server, store: &Store, id: &str) {
    let guard = store.turn(id).acquire().await.unwrap();
    let mut connection = server.connect(Protocol::Resp2, 2);
    redis::cmd("DEL")
        .arg(format!("eye:turn:{id}"))
        .exec(&mut connection)
        .unwrap();
    let lost = guard.renew().await.unwrap_err();
    assert_eq!(lost.kind(), ErrorKind::NotOwned);
}

#[tokio::test]
async fn locks_are_counted_by_what_became_of_calls_and_holds() {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = store(&server).await;
    let turn = store.turn(SECRET);
    let guard = turn.acquire().await.unwrap();
    assert!(turn.try_acquire().await.unwrap().is_none());
    let brief = turn.acquire_within(Duration::from_millis(1)).await;
    assert_eq!(brief.unwrap_err().kind(), ErrorKind::NotAcquired);
    tokio::time::timeout(Duration::from_millis(20), turn.acquire())
        .await
        .unwrap_err();
    guard.release().await.unwrap();
    drop(turn.try_acquire().await.unwrap().unwrap());
    lose(&server, &store, "other").await;
    drop(server);
    store.turn("gone").try_acquire().await.unwrap_err();
    let found = recorded.take();
    let count = |name: &str, label: &str| {
        of(
            &found,
            &format!("redis_schema_lock_{name}{{template=turn:{{job_id}}{label}}}"),
        )
    };
    let acquires = |outcome: &str| count("acquires_total", &format!(",outcome={outcome}"));
    let outcomes = ["acquired", "busy", "error", "cancelled"];
    assert_eq!(outcomes.map(acquires), [3, 2, 1, 1], "{found:#?}");
    let others = ["wait_seconds", "held_seconds", "lost_total"];
    assert_eq!(others.map(|name| count(name, "")), [3, 3, 1], "{found:#?}");
}

#[tokio::test]
async fn decisions_of_limiters_are_counted() {
    let recorded = Recorded::new();
    let server = Server::start();
    let store = store(&server).await;
    let calls = store.calls(SECRET);
    for allowed in [true, true, false] {
        assert_eq!(calls.admit().await.unwrap().allowed, allowed);
    }
    // Those of a batch count, and a look does not.
    let (decision, _) = store.pipeline((calls.admit(), calls.peek())).await.unwrap();
    assert!(!decision.allowed);
    let found = recorded.take();
    let decisions = |outcome: &str| {
        let name = "redis_schema_limit_decisions_total";
        of(
            &found,
            &format!("{name}{{template=calls:{{job_id}},outcome={outcome}}}"),
        )
    };
    assert_eq!(["admitted", "refused"].map(decisions), [2, 2], "{found:#?}");
}
