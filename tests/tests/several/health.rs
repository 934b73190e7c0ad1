//! Health of stores on several servers.

use std::time::Duration;

use redis_schema::health::{Health, Limits, State};
use redis_schema_test_server::{Cluster, Protocol, Sentinel, SentinelOptions};

use crate::{PATIENCE, cluster, sentinel};

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.watch = Duration::ZERO;
    // A busy machine is not an unhealthy server.
    (limits.timeout, limits.ping, limits.clock) = (PATIENCE, PATIENCE, PATIENCE);
    limits.lag = PATIENCE;
    limits
}

fn checks(health: &Health, check: &str) -> usize {
    let checks = health.nodes.iter().flat_map(|node| &node.checks);
    checks.filter(|found| found.name == check).count()
}

#[tokio::test]
async fn every_primary_of_a_cluster_takes_a_write() {
    let mut cluster = Cluster::start();
    let store = cluster::store(&cluster, Protocol::Resp3).await;
    let health = store.health_within(limits()).await;
    assert_eq!(health.state(), State::Ok, "{health}");
    assert_eq!(
        (checks(&health, "write"), checks(&health, "cluster")),
        (3, 3)
    );

    let owner = cluster.owner(0);
    cluster.kill(owner);
    let health = store.health_within(limits()).await;
    assert!(!health.is_ready(), "{health}");
}

#[tokio::test]
async fn a_masters_replicas_are_only_read_from() {
    let options = SentinelOptions::default().password(sentinel::PASSWORD);
    let mut set = Sentinel::start_with(&options);
    let store = sentinel::store(&set, Protocol::Resp2).await;
    let health = store.health_within(limits()).await;
    assert_eq!(health.state(), State::Ok, "{health}");
    let replicas = set.data().len() - 1;
    assert_eq!(
        (checks(&health, "write"), checks(&health, "role")),
        (1, 1 + replicas)
    );
    set.kill_master();
    let health = store.health_within(limits()).await;
    assert!(!health.is_ready(), "{health}");
    assert!(
        !format!("{health:?}").contains(sentinel::PASSWORD),
        "{health:?}"
    );
}
