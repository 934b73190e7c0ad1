//! A store on a cluster.

use redis_schema::ErrorKind;
use redis_schema_test_server::{Cluster, Protocol};

use crate::several::{Store, keys};

pub async fn store(cluster: &Cluster, protocol: Protocol) -> Store {
    let hosts = cluster.nodes().iter().map(|node| node.host());
    Store::builder()
        .cluster(hosts)
        .protocol(protocol.version())
        .response_timeout(crate::PATIENCE)
        .open()
        .await
        .unwrap()
}

#[tokio::test]
async fn every_slot_is_reached() {
    let cluster = Cluster::start();
    for protocol in Protocol::ALL {
        let store = store(&cluster, protocol).await;
        for id in 0..200 {
            store.plain(id).set(&id.to_string()).await.unwrap();
        }
        for id in 0..200 {
            assert_eq!(store.plain(id).get().await.unwrap(), Some(id.to_string()));
        }
        let family = store.family::<keys::Plain>();
        let wanted: Vec<_> = (0..210).rev().map(|id| keys::Plain { id }).collect();
        let values = family.mget(&wanted).await.unwrap();
        let expected: Vec<_> = (0..210_u32)
            .rev()
            .map(|id| (id < 200).then(|| id.to_string()))
            .collect();
        assert_eq!(values, expected);
        assert_eq!(family.exists_many(&wanted).await.unwrap(), 200);
        let results = store
            .pipeline((0..200).map(|id| keys::plain(id).get()).collect::<Vec<_>>())
            .await
            .unwrap();
        assert!(
            results
                .iter()
                .enumerate()
                .all(|(id, value)| *value == Some(id.to_string()))
        );
        assert_eq!(family.count_approx().await.unwrap(), 200);
        let error = store
            .atomic((keys::plain(1).set("a"), keys::plain(2).set("b")))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CrossSlot, "{error}");
        assert_eq!(family.unlink_many(&wanted).await.unwrap(), 200);
        assert!(store.close(std::time::Duration::from_secs(5)).await);
    }
}

/// The slot of a key, as the servers have it.
pub fn slot(cluster: &Cluster, key: &str) -> u16 {
    cluster.nodes()[1].run(&["CLUSTER", "KEYSLOT", key])
}
