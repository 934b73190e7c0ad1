//! Clusters, and masters that sentinels watch.

use redis_schema::{ErrorKind, StoreBuilder};
use redis_schema_test_server::{Cluster, MASTER_NAME, Node, Protocol, Sentinel, SentinelOptions};

use crate::keyspace::{Schema, Store, keys};
use crate::{ID, PASSWORD, PATIENCE, SHORT, Told, USERS, VALUE};

type Builder = StoreBuilder<Schema, Store>;

/// Uses a store, lets its servers change, and uses it again.
async fn use_while(told: &Told, builder: Builder, change: impl FnOnce()) {
    told.shows(&builder);
    let store = builder.response_timeout(PATIENCE).open().await.unwrap();
    told.shows(&store);
    use_it(told, &store).await;
    tokio::task::block_in_place(change);
    use_it(told, &store).await;
    assert!(store.close(PATIENCE).await);
    told.fails(store.text(ID).get().await);
}

async fn use_it(told: &Told, store: &Store) {
    store.text(ID).set(VALUE).await.unwrap();
    assert_eq!(store.text(ID).get().await.unwrap().as_deref(), Some(VALUE));
    let family = store.family::<keys::Plain>();
    family
        .mget([ID, ID - 1].map(|id| keys::Plain { id }))
        .await
        .unwrap();
    told.fails(
        store
            .atomic((store.plain(ID).get(), store.plain(ID - 1).get()))
            .await,
    );
    let news = store.news(ID).subscribe().await.unwrap();
    told.shows(&news);
    told.says(&store.health().await);
    told.shows(&store.stats());
}

async fn refused(told: &Told, builder: Builder) {
    told.shows(&builder);
    let error = builder.connect_timeout(SHORT).open().await.unwrap_err();
    assert_ne!(error.kind(), ErrorKind::Settings, "{error}");
    told.failed(&error);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster() {
    let told = Told::listen();
    let cluster = Cluster::start();
    for node in cluster.nodes() {
        node.run::<()>(USERS[0]);
    }
    let hosts: Vec<_> = cluster.nodes().iter().map(Node::host).collect();
    let url = |who: &str| format!("redis+cluster://{who}@{}", hosts.join(","));
    let builder = |url: &str| {
        Store::builder()
            .url(url)
            .protocol(Protocol::Resp3.version())
    };
    refused(told, builder(&url("app:hunter2x"))).await;
    let slot: u16 = cluster.nodes()[0].run(&["CLUSTER", "KEYSLOT", &format!("{{{ID}}}")]);
    use_while(told, builder(&url("app:hunter2")), || {
        cluster.migrate(slot, (cluster.owner(slot) + 1) % 3);
    })
    .await;
    told.assert_silent_about_secrets();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sentinels() {
    let told = Told::listen();
    let options = SentinelOptions::default().password(PASSWORD);
    let set = Sentinel::start_with(&options.sentinel_password("hunter2-of-sentinels"));
    let hosts = || set.sentinels().iter().map(Node::host);
    let builder = |of_data: &str, of_sentinels: &str| {
        let builder = Store::builder()
            .sentinel(MASTER_NAME, hosts())
            .password(of_data);
        builder.sentinel_credentials("default", of_sentinels)
    };
    refused(told, builder("hunter2x", "hunter2-of-sentinels")).await;
    refused(told, builder(PASSWORD, "hunter2x")).await;
    use_while(told, builder(PASSWORD, "hunter2-of-sentinels"), || {
        set.fail_over()
    })
    .await;
    told.assert_silent_about_secrets();
}
