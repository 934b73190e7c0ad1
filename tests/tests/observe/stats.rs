use std::time::Duration;

use redis_schema::health::{Limits, State};
use redis_schema_test_server::{Protocol, Server};

use crate::{store, tell};

#[tokio::test]
async fn statistics_follow_what_happens() {
    let server = Server::start();
    let store = store(&server).await;
    let node = store.stats().nodes.remove(0);
    assert_eq!(node.server, format!("127.0.0.1:{}", server.port()));
    assert_eq!(
        (node.database, node.connected, node.reconnects),
        (2, true, 0)
    );
    assert_eq!(
        (node.in_flight, node.waiting, node.idle_dedicated),
        (0, 0, 0)
    );

    tell(&server, &["CLIENT", "PAUSE", "60000", "WRITE"]);
    let (tries, resume) = (store.tries("a"), async {
        while store.stats().in_flight() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(store.stats().waiting(), 0);
        tell(&server, &["CLIENT", "UNPAUSE"]);
    });
    let (count, ()) = tokio::join!(tries.incr().into_future(), resume);
    assert_eq!(count.unwrap(), 1);
    assert_eq!(store.stats().in_flight(), 0);

    tell(
        &server,
        &["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
    );
    store.tries("a").get().await.unwrap();
    assert_eq!(store.stats().nodes[0].reconnects, 1);

    store
        .events("a")
        .blpop(Duration::from_millis(1))
        .await
        .unwrap();
    assert_eq!(store.stats().nodes[0].idle_dedicated, 1);
}

#[tokio::test]
async fn a_store_looks_after_its_own_database_and_prefix() {
    let server = Server::start();
    let store = store(&server).await;
    let mut limits = Limits::default();
    limits.watch = Duration::ZERO;
    // A busy machine is not an unhealthy server.
    let patience = Duration::from_secs(60);
    (limits.timeout, limits.ping, limits.clock) = (patience, patience, patience);
    let health = store.health_within(limits.clone()).await;
    assert_eq!(health.state(), State::Ok, "{health}");
    let mut connection = server.connect(Protocol::Resp2, 2);
    let keys: Vec<String> = redis::cmd("KEYS").arg("*").query(&mut connection).unwrap();
    assert_eq!(keys, ["eye:redis-schema:health"]);
    drop(server);
    let health = store.health_within(limits).await;
    assert!(!health.is_ready() && !health.is_live());
}
