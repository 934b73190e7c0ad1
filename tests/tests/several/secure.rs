//! Everything that has a connection of its own, wherever connections are encrypted and ask who somebody is:
//! each of them is made as the store's others are.

use std::time::Duration;

use redis_schema::channel::SubscribeOptions;
use redis_schema::health::{Limits, State};
use redis_schema::stream::Position;
use redis_schema::{StoreBuilder, TlsOptions};
use redis_schema_test_server::{
    Certificates, Cluster, MASTER_NAME, Node, Protocol, Sentinel, SentinelOptions, Server,
};

use tokio::task::block_in_place;

use crate::PATIENCE;
use crate::several::{Entry, Schema, Store, channels};

type Builder = StoreBuilder<Schema, Store>;

const WAIT: Duration = Duration::from_secs(5);
const PASSWORD: &str = "hunter2";
const DATA: &str = "of the data";
const SENTINELS: &str = "of the sentinels";

/// The user that the tests are; the default one may do nothing.
const USER: [&str; 8] = [
    "ACL", "SETUSER", "app", "on", ">hunter2", "~*", "&*", "+@all",
];

fn options(certificates: &Certificates) -> TlsOptions {
    TlsOptions::new()
        .ca_file(certificates.path("ca.crt"))
        .client_files(
            certificates.path("client.crt"),
            certificates.path("client.key"),
        )
}

/// Opens a store over each protocol and uses whatever has a connection of its own.
async fn works(builder: Builder) {
    for protocol in Protocol::ALL {
        let builder = builder.clone().protocol(protocol.version());
        assert!(!format!("{builder:?}").contains(PASSWORD));
        let store = builder.open().await.unwrap();
        for id in 0..3 {
            waiting(&store, id).await;
            listening(&store, id).await;
        }
        let mut limits = Limits::default();
        limits.watch = Duration::ZERO;
        // A busy machine is not an unhealthy server.
        (limits.timeout, limits.ping, limits.clock) = (PATIENCE, PATIENCE, PATIENCE);
        limits.lag = PATIENCE;
        let health = store.health_within(limits).await;
        assert_eq!(health.state(), State::Ok, "{health}");
        assert!(!format!("{health} {health:?} {store:?}").contains(PASSWORD));
        assert!(store.close(WAIT).await);
    }
}

async fn waiting(store: &Store, id: u32) {
    store.list(id).rpush("a").await.unwrap();
    assert_eq!(
        store.list(id).blpop(WAIT).await.unwrap().as_deref(),
        Some("a")
    );
    store
        .log(id)
        .xadd(&Entry::new("a".to_owned(), id))
        .await
        .unwrap();
    let mut follow = store.log(id).follow(Position::Start);
    let entry = follow.next().await.unwrap().unwrap();
    assert_eq!(entry.record.unwrap().count, id);
    store.log(id).del().await.unwrap();
}

async fn listening(store: &Store, id: u32) {
    let mut news = store.news(id).subscribe().await.unwrap();
    let mut local = store.local(id).subscribe().await.unwrap();
    let all = store.psubscribe::<channels::News>(SubscribeOptions::new());
    let mut all = all.await.unwrap();
    store.news(id).publish("far").await.unwrap();
    store.local(id).publish("near").await.unwrap();
    assert_eq!(news.next().await.unwrap().unwrap(), "far");
    assert_eq!(local.next().await.unwrap().unwrap(), "near");
    assert_eq!(
        all.next().await.unwrap().unwrap(),
        (channels::News { id }, "far".to_owned())
    );
}

/// Lets nobody in but the user of the tests.
fn restrict(nodes: &[Node]) {
    for node in nodes {
        node.run::<()>(&USER);
    }
}

#[tokio::test]
async fn over_an_encrypted_connection() {
    let certificates = Certificates::make();
    let (server, url) = certificates.server(true);
    let mut admin = server.connect(Protocol::Resp2, 0);
    redis::Cmd::new().arg(&USER).exec(&mut admin).unwrap();
    let off = ["ACL", "SETUSER", "default", "off"];
    redis::Cmd::new().arg(&off).exec(&mut admin).unwrap();
    let builder = Store::builder().url(&url).tls(options(&certificates));
    works(builder.credentials("app", PASSWORD)).await;
}

#[cfg(unix)]
#[tokio::test]
async fn over_a_socket_of_the_system() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("redis.sock");
    let server = Server::start_with(&["--unixsocket", path.to_str().unwrap()]);
    let mut admin = server.connect(Protocol::Resp2, 0);
    redis::Cmd::new().arg(&USER).exec(&mut admin).unwrap();
    let url = format!("unix://{}", path.display());
    works(Store::builder().url(&url).credentials("app", PASSWORD)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_sentinels_with_passwords_of_their_own() {
    let certificates = Certificates::make();
    let options_of_set = SentinelOptions::default()
        .password(DATA)
        .sentinel_password(SENTINELS)
        .secure(&certificates);
    let set = Sentinel::start_with(&options_of_set);
    restrict(set.data());
    let builder = Store::builder()
        .sentinel(MASTER_NAME, set.sentinels().iter().map(Node::secure_host))
        .sentinel_credentials("default", SENTINELS)
        .tls(options(&certificates))
        .credentials("app", PASSWORD);
    works(builder.clone()).await;

    let store = builder.open().await.unwrap();
    let mut news = store.news(1).subscribe().await.unwrap();
    block_in_place(|| set.fail_over());
    // The listener of the old master is told that it lost its connection, or hears on.
    loop {
        let said = async {
            while store.news(1).publish("again").await.unwrap() == 0 {}
            std::future::pending::<()>().await;
        };
        tokio::select! {
            heard = news.next() => match heard.unwrap() {
                Ok(heard) => {
                    assert_eq!(heard, "again");
                    break;
                }
                Err(error) => assert!(error.is_unavailable(), "{error}"),
            },
            () = said => {}
        }
    }
}

#[tokio::test]
async fn on_a_cluster() {
    let certificates = Certificates::make();
    let cluster = Cluster::start_secure(&certificates);
    restrict(cluster.nodes());
    let builder = Store::builder()
        .cluster(cluster.nodes().iter().map(Node::secure_host))
        .tls(options(&certificates))
        .credentials("app", PASSWORD);
    works(builder).await;
}
