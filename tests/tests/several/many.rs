//! Many keys at once, of which some lie in a slot that is on its way: what was refused is asked again, and nothing else.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use redis_schema::ErrorKind;
use redis_schema_test_server::Cluster;
use tokio::task::block_in_place;

use crate::PATIENCE;
use crate::cluster::slot;
use crate::several::{Store, keys};

/// Ids of keys by where they are.
struct Ids {
    /// Two in one slot of the first primary.
    pair: [u32; 2],
    /// One in another of its slots, and one at each of the others.
    alone: [u32; 3],
}

impl Ids {
    fn find(cluster: &Cluster) -> Self {
        let shards = cluster.shards();
        let owner = |slot: u16| {
            let shard = shards
                .iter()
                .find(|it| (it.first..=it.last).contains(&slot));
            shard.unwrap().primary
        };
        let (mut seen, mut pair) = (HashMap::new(), None);
        let mut alone = [None; 3];
        for id in 0.. {
            let slot = slot(cluster, &format!("plain:{id}"));
            let earlier = seen.insert(slot, id);
            if owner(slot) == 0 && pair.is_none() {
                pair = earlier.map(|earlier| [earlier, id]);
            }
            let lonely = earlier.is_none() && pair.is_none_or(|pair| !pair.contains(&id));
            if lonely && pair.is_some() {
                alone[owner(slot)].get_or_insert(id);
            }
            if let ([Some(a), Some(b), Some(c)], Some(pair)) = (alone, pair) {
                return Self {
                    pair,
                    alone: [a, b, c],
                };
            }
        }
        unreachable!("ids do not end")
    }

    /// In an order that is none of slots or servers.
    fn keys(&self) -> [keys::Plain; 5] {
        let ([p, q], [a, b, c]) = (self.pair, self.alone);
        [c, p, b, q, a].map(|id| keys::Plain { id })
    }
}

async fn open(cluster: &Cluster, allowed: Duration) -> Store {
    let hosts = cluster.nodes().iter().map(|node| node.host());
    let builder = Store::builder().cluster(hosts).response_timeout(allowed);
    builder.check_server(false).open().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_was_refused_is_asked_again() {
    let cluster = Cluster::start_behind_proxies();
    let store = open(&cluster, PATIENCE).await;
    let family = store.family::<keys::Plain>();
    let ids = Ids::find(&cluster);
    let wanted = ids.keys();
    for key in wanted {
        store.plain(key.id).set(&key.id.to_string()).await.unwrap();
    }
    let expected: Vec<_> = wanted.iter().map(|key| Some(key.id.to_string())).collect();
    // Half of the slot's keys have gone, so that no server has them both.
    let place = slot(&cluster, &format!("plain:{}", ids.pair[0]));
    block_in_place(|| {
        cluster.begin_migration(place, 0, 1);
        assert_eq!(cluster.move_keys(place, 0, 1, 1), 1);
    });
    cluster.proxies().iter().for_each(|proxy| proxy.clear());
    assert_eq!(family.mget(wanted).await.unwrap(), expected);
    // Of the first server's two parts one is refused, and asked again key by key; one of these has gone.
    let asked = [0, 1, 2].map(|node| cluster.proxies()[node].count("MGET"));
    assert_eq!(asked, [4, 2, 1]);
    // The slot's keys alone, and what counts instead of listing.
    let pair = ids.pair.map(|id| keys::Plain { id });
    let both = ids.pair.map(|id| Some(id.to_string()));
    assert_eq!(family.mget(pair).await.unwrap(), both);
    assert_eq!(family.exists_many(wanted).await.unwrap(), 5);
    assert_eq!(family.unlink_many(pair).await.unwrap(), 2);
    assert_eq!(family.mget(pair).await.unwrap(), [None, None]);
    block_in_place(|| {
        while cluster.move_keys(place, 0, 1, 10) > 0 {}
        cluster.end_migration(place, 0, 1);
    });
    assert_eq!(family.unlink_many(wanted).await.unwrap(), 3);
}

/// What only all keys together can answer waits for the slot, and says in time when it does not come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_asked_apart_waits_for_the_slot() {
    let cluster = Cluster::start();
    let (patient, hasty) = (
        open(&cluster, PATIENCE).await,
        open(&cluster, Duration::from_millis(300)).await,
    );
    patient.set(1).sadd_many(["a", "b"]).await.unwrap();
    patient.other_set(1).sadd_many(["b", "c"]).await.unwrap();
    let place = slot(&cluster, "{1}");
    let from = cluster.owner(place);
    let to = (from + 1) % 3;
    block_in_place(|| {
        cluster.begin_migration(place, from, to);
        assert_eq!(cluster.move_keys(place, from, to, 1), 1);
    });
    let started = Instant::now();
    let error = hasty
        .set(1)
        .sinter([&hasty.other_set(1)])
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy, "{error}");
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
    let waiting = tokio::spawn(async move { patient.set(1).sinter([&patient.other_set(1)]).await });
    block_in_place(|| {
        while cluster.move_keys(place, from, to, 10) > 0 {}
        cluster.end_migration(place, from, to);
    });
    assert_eq!(waiting.await.unwrap().unwrap(), ["b"]);
}
