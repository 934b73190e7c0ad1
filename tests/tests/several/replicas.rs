//! Reads that replicas may answer.

use redis_schema_test_server::{Cluster, Node, Protocol, Sentinel, SentinelOptions};

use crate::several::Store;
use crate::{cluster, sentinel};

/// How many reads a server has answered.
fn reads(node: &Node) -> u64 {
    calls(node, "get")
}

/// How many commands of a name a server has run.
fn calls(node: &Node, name: &str) -> u64 {
    let stats = node.info("commandstats", &format!("cmdstat_{name}"));
    let calls = stats
        .split(',')
        .find_map(|fact| fact.strip_prefix("calls="));
    calls.map_or(0, |calls| calls.parse().unwrap())
}

/// Reads each key often; the values must be there.
async fn read(store: &Store) {
    for _ in 0..5 {
        for id in 0..20 {
            assert_eq!(store.stale(id).get().await.unwrap().as_deref(), Some("a"));
        }
    }
}

async fn write(store: &Store) {
    for id in 0..20 {
        store.stale(id).set("a").await.unwrap();
        store.plain(id).set("a").await.unwrap();
    }
}

#[tokio::test]
async fn replicas_of_a_cluster_answer() {
    let mut cluster = Cluster::start();
    let store = cluster::store(&cluster, Protocol::Resp3).await;
    write(&store).await;
    cluster.wait_until_copied();
    read(&store).await;
    let (primaries, replicas) = cluster.nodes().split_at(3);
    assert_eq!(primaries.iter().map(reads).sum::<u64>(), 0);
    assert_eq!(replicas.iter().map(reads).sum::<u64>(), 100);
    assert!(replicas.iter().all(|node| reads(node) > 0));
    for id in 0..20 {
        assert_eq!(store.plain(id).get().await.unwrap().as_deref(), Some("a"));
    }
    assert_eq!(primaries.iter().map(reads).sum::<u64>(), 20);
    // What a group consists of is asked of the primaries: a replica may not know yet what was deleted.
    assert_eq!(store.of_id(1).list().await.unwrap().len(), 2);
    let asked = |nodes: &[Node]| nodes.iter().map(|node| calls(node, "exists")).sum::<u64>();
    assert!(asked(primaries) > 0);
    assert_eq!(asked(replicas), 0);
    // The primaries answer where no replica does.
    for node in 3..6 {
        cluster.kill(node);
    }
    read(&store).await;
}

#[tokio::test]
async fn replicas_of_a_watched_master_answer() {
    let options = SentinelOptions::default().password(sentinel::PASSWORD);
    let set = Sentinel::start_with(&options);
    let store = sentinel::store(&set, Protocol::Resp3).await;
    write(&store).await;
    set.wait_until_copied();
    read(&store).await;
    assert_eq!((reads(&set.data()[0]), reads(&set.data()[1])), (0, 100));
}
