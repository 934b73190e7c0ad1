//! Clusters and sets of sentinels start, survive what they are meant to survive, and say so.

#![allow(clippy::unwrap_used)]

use redis_schema_test_server::{Cluster, Protocol, Sentinel, SentinelOptions};

/// The slot of the key `foo`, which the reference names.
const SLOT: u16 = 12_182;

#[test]
fn a_cluster_moves_slots_and_replaces_nodes() {
    let mut cluster = Cluster::start();
    let shards = cluster.shards();
    assert_eq!(shards.len(), 3);
    assert!(shards.iter().all(|shard| shard.replicas.len() == 1));
    let from = cluster.owner(SLOT);
    let to = (from + 1) % 3;
    cluster.nodes()[from].run::<()>(&["SET", "foo", "1"]);
    cluster.migrate(SLOT, to);
    assert_eq!(cluster.owner(SLOT), to);
    let stored: String = cluster.nodes()[to].run(&["GET", "foo"]);
    assert_eq!(stored, "1");
    cluster.wait_until_ok();

    let replica = to + 3;
    cluster.fail_over_to(replica);
    assert_eq!(cluster.owner(SLOT), replica);
    cluster.fail_over_to(to);

    cluster.wait_until_copied();
    cluster.kill(to);
    cluster.wait_until_replaced(to);
    assert_eq!(cluster.owner(SLOT), replica);
    cluster.restart(to);
    cluster.wait_until_ok();
    assert!(cluster.shards().iter().any(|shard| shard.replicas == [to]));
}

#[test]
fn a_cluster_tells_clients_of_its_proxies() {
    let cluster = Cluster::start_behind_proxies();
    assert_eq!(cluster.shards().len(), 3);
    let url = &cluster.urls(Protocol::Resp2)[0];
    assert!(url.contains(&cluster.proxies()[0].port().to_string()));
}

#[test]
fn sentinels_replace_the_master() {
    let options = SentinelOptions::default()
        .behind_proxies()
        .password("of the data")
        .sentinel_password("of the sentinels");
    let mut set = Sentinel::start_with(&options);
    assert_eq!(set.master(), 0);
    let old = set.kill_master();
    set.wait_until_replaced(old);
    assert_eq!(set.master(), 1);
    set.rejoin(old);
    set.wait_until_ok();
    assert_eq!(set.data()[old].info("replication", "role"), "slave");
    set.fail_over();
    assert_eq!(set.master(), 0);
}
