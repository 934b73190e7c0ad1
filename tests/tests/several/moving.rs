//! Clusters that change while they are used.

use redis_schema::ErrorKind;
use redis_schema_test_server::{Cluster, Protocol};
use tokio::task::block_in_place;

use crate::cluster::{slot, store};
use crate::load::Load;
use crate::several::Store;

/// Sums what is stored under the counters.
async fn counted(store: &Store, ids: std::ops::Range<u32>) -> u64 {
    let mut sum = 0;
    for id in ids {
        let count = store.hits(id).get().await.unwrap();
        sum += u64::try_from(count.unwrap_or(0)).unwrap();
    }
    sum
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slots_that_move_lose_and_double_nothing() {
    let cluster = Cluster::start();
    let store = store(&cluster, Protocol::Resp3).await;
    let ids = 0..6;
    let load = Load::start(&store, ids.clone());
    load.wait_for(20);
    for _ in 0..3 {
        for id in ids.clone() {
            block_in_place(|| {
                let slot = slot(&cluster, &format!("hits:{{{id}}}"));
                let from = cluster.owner(slot);
                cluster.migrate(slot, (from + 1) % 3);
            });
        }
        load.wait_for(20);
    }
    let account = load.stop().await;
    assert!(account.errors.is_empty(), "{account:?}");
    assert_eq!((account.wrong, account.ambiguous), (0, 0), "{account:?}");
    assert_eq!(counted(&store, ids).await, account.worked, "{account:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_primary_that_dies_is_replaced() {
    let mut cluster = Cluster::start();
    let store = store(&cluster, Protocol::Resp3).await;
    let load = Load::start(&store, 0..8);
    load.wait_for(50);
    block_in_place(|| {
        cluster.kill(0);
        cluster.wait_until_replaced(0);
    });
    // Everybody gets on again, those whose server it was included.
    load.wait_for(200);
    block_in_place(|| {
        cluster.restart(0);
        cluster.wait_until_ok();
        // An orderly change of roles is not noticed at all.
        cluster.fail_over_to(4);
    });
    load.wait_for(200);
    let account = load.stop().await;
    assert!(!account.saw(ErrorKind::ReadOnly), "{account:?}");
    assert!(!account.saw(ErrorKind::Server), "{account:?}");
    assert_eq!(account.errors.len(), 0, "{account:?}");
    // What was on its way when the server died.
    assert!(account.ambiguous <= 8, "{account:?}");
    for id in 0..8 {
        store.text(id).set("b").await.unwrap();
    }
}

#[tokio::test]
async fn another_database_cannot_live_in_a_cluster() {
    // Said before anything is asked: nobody listens there.
    let refused = redis_schema::Store::builder::<crate::standalone::Schema>()
        .cluster(["127.0.0.1:1"])
        .open();
    let error = refused.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Settings, "{error}");
}
