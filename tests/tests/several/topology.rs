//! What a schema says of its servers, how a store is told to open them, and what they are: whatever does not go
//! together is said when the store is opened, in words that tell what to do.

use redis_schema::{ErrorKind, Schema, Store};
use redis_schema_test_server::{Cluster, MASTER_NAME, Node, Protocol, Sentinel, Server};
use redis_schema_tests::plain;

use crate::{several, standalone};

/// What opening says; empty where it works.
async fn said<S: Schema>(url: &str, protocol: Protocol) -> String {
    let open = Store::builder::<S>()
        .url(url)
        .protocol(protocol.version())
        .open();
    match open.await {
        Ok(_) => String::new(),
        Err(error) => {
            let kinds = [ErrorKind::Incompatible, ErrorKind::Settings];
            assert!(kinds.contains(&error.kind()), "{error:?}");
            error.to_string()
        }
    }
}

#[track_caller]
fn tells(said: &str, words: &str) {
    if words.is_empty() {
        assert_eq!(said, words);
    } else {
        assert!(said.contains(words), "{said}");
    }
}

/// Schemas for one server, for one server with several databases, and for a cluster.
async fn all(url: &str, expected: [&str; 3]) {
    for protocol in Protocol::ALL {
        tells(&said::<plain::Schema>(url, protocol).await, expected[0]);
        tells(
            &said::<standalone::Schema>(url, protocol).await,
            expected[1],
        );
        tells(&said::<several::Schema>(url, protocol).await, expected[2]);
    }
}

const UNPROVEN: &str = "the schema does not say `topology: cluster`";
const ONE_DATABASE: &str = "a cluster has the database 0 alone, the schema uses others";

#[tokio::test]
async fn one_server() {
    let server = Server::start();
    let host = format!("127.0.0.1:{}", server.port());
    all(&format!("redis://{host}"), [""; 3]).await;
    let no_cluster = "is not part of a cluster";
    let expected = [UNPROVEN, ONE_DATABASE, no_cluster];
    all(&format!("redis+cluster://{host}"), expected).await;
    let sentinel = format!("redis+sentinel://{host}/{MASTER_NAME}");
    all(&sentinel, ["this server is no sentinel"; 3]).await;
}

#[tokio::test]
async fn a_cluster() {
    let cluster = Cluster::start();
    let hosts: Vec<_> = cluster.nodes().iter().map(Node::host).collect();
    all(
        &format!("redis+cluster://{}", hosts.join(",")),
        [UNPROVEN, ONE_DATABASE, ""],
    )
    .await;
    let expected = [
        "part of a cluster; the schema is for one server",
        "part of a cluster, which has the database 0 alone",
        "part of a cluster; open the store as one",
    ];
    all(&format!("redis://{}", hosts[0]), expected).await;
    // Who knows better may say so.
    let hosts = cluster.nodes().iter().map(Node::host);
    let open = Store::builder::<plain::Schema>().cluster(hosts);
    let store = open.check_server(false).open().await.unwrap();
    let greeting = store.handle(plain::keys::Greeting);
    greeting.set("hello").await.unwrap();
}

#[tokio::test]
async fn sentinels() {
    let set = Sentinel::start();
    let sentinels = set.sentinels().iter().map(Node::host);
    let sentinels: Vec<_> = sentinels.collect();
    let url = format!("redis+sentinel://{}/{MASTER_NAME}", sentinels.join(","));
    all(&url, [""; 3]).await;
    all(
        &format!("redis://{}", sentinels[0]),
        ["this is a sentinel"; 3],
    )
    .await;
    // A master answers by itself too; who opens it so is on its own when it fails.
    all(&format!("redis://{}", set.data()[0].host()), [""; 3]).await;
}
