//! Walks that meet servers which are replaced: whatever was there from the beginning is found all the same.

use std::collections::BTreeSet;

use redis_schema_test_server::{Cluster, FaultProxy, Protocol, Server, eventually};
use tokio::task::block_in_place;

use crate::cluster::store;
use crate::several::{Store, keys};

/// Enough for several pages at each primary.
const KEYS: u32 = 6000;

/// Makes keys, and waits until whoever may take over has them.
async fn fill(cluster: &Cluster, store: &Store) {
    let ids: Vec<u32> = (0..KEYS).collect();
    for ids in ids.chunks(500) {
        let sets: Vec<_> = ids.iter().map(|id| keys::plain(*id).set("a")).collect();
        store.pipeline(sets).await.unwrap();
    }
    block_in_place(|| {
        for shard in cluster.shards() {
            let (nodes, primary) = (cluster.nodes(), &cluster.nodes()[shard.primary]);
            for replica in shard.replicas {
                eventually("a replica has everything", || {
                    nodes[replica].has_all_of(primary)
                });
            }
        }
    });
}

/// Walks all keys; `harm` is done when some of those of the first primary have come.
async fn walk(store: &Store, harm: impl FnOnce()) -> BTreeSet<u32> {
    let mut scan = store.family::<keys::Plain>().scan();
    let mut found = BTreeSet::new();
    found.insert(scan.next().await.unwrap().unwrap().id);
    block_in_place(harm);
    while let Some(key) = scan.next().await {
        found.insert(key.unwrap().id);
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_primary_that_dies_during_a_walk_hides_no_key() {
    let all: BTreeSet<u32> = (0..KEYS).collect();
    // The one whose keys are being walked, and one whose turn is still to come.
    for killed in [0, 2] {
        let mut cluster = Cluster::start();
        let store = store(&cluster, Protocol::Resp3).await;
        fill(&cluster, &store).await;
        let found = walk(&store, || cluster.kill(killed)).await;
        assert!(found == all, "{} of {KEYS} are found", found.len());
        let count = store.family::<keys::Plain>().count_approx().await;
        assert_eq!(count.unwrap(), u64::from(KEYS));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn primaries_that_change_places_with_their_replicas_hide_no_key() {
    let all: BTreeSet<u32> = (0..KEYS).collect();
    let cluster = Cluster::start();
    let store = store(&cluster, Protocol::Resp2).await;
    fill(&cluster, &store).await;
    for shard in 0..3 {
        let found = walk(&store, || {
            let shards = cluster.shards();
            cluster.fail_over_to(shards[shard].replicas[0]);
        })
        .await;
        assert!(found == all, "{} of {KEYS} are found", found.len());
    }
}

/// A server with a map of so many fields, and as many keys.
async fn full() -> Server {
    let server = Server::start();
    let url = server.url(Protocol::Resp3, 0);
    let store = Store::connect(&url).await.unwrap();
    let fields = (0..KEYS).map(|id| id.to_string());
    let fields: Vec<_> = fields.collect();
    for some in fields.chunks(500) {
        let entries = some.iter().map(|field| (field, "a"));
        store.map(1).hset_multiple(entries).await.unwrap();
        let sets = some
            .iter()
            .map(|id| keys::plain(id.parse().unwrap()).set("a"));
        store.pipeline(sets.collect::<Vec<_>>()).await.unwrap();
    }
    server
}

/// The same keys lie in another order in each process, so that a cursor of one leaves some of the other's out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_server_at_the_same_address_is_walked_from_the_beginning() {
    let (one, other) = (full().await, full().await);
    let proxy = FaultProxy::start(one.port());
    let open = Store::builder().url(&proxy.url(Protocol::Resp2, 0));
    let store = open.response_timeout(crate::PATIENCE).open().await.unwrap();
    let all: BTreeSet<u32> = (0..KEYS).collect();
    for next in [&other, &one] {
        let found = walk(&store, || {
            proxy.lead_to(next.port());
            proxy.cut();
        })
        .await;
        assert!(found == all, "{} of {KEYS} are found", found.len());
    }

    let map = store.map(1);
    let mut scan = map.hscan();
    let mut found = BTreeSet::new();
    found.insert(scan.next().await.unwrap().unwrap().0);
    proxy.lead_to(other.port());
    proxy.cut();
    while let Some(entry) = scan.next().await {
        found.insert(entry.unwrap().0);
    }
    assert_eq!(found.len(), all.len());

    // What came twice is one.
    let family = store.family::<keys::Plain>();
    let counting = tokio::spawn({
        let store = store.clone();
        async move { store.family::<keys::Plain>().count_approx().await }
    });
    for _ in 0..3 {
        let before = proxy.count("SCAN");
        block_in_place(|| {
            eventually("the walk goes on, or is over", || {
                counting.is_finished() || proxy.count("SCAN") > before
            });
        });
        proxy.cut();
    }
    assert_eq!(counting.await.unwrap().unwrap(), u64::from(KEYS));
    assert_eq!(family.count_approx().await.unwrap(), u64::from(KEYS));
}
