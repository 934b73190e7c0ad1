//! Readers whose connection dies without a sign.

use std::time::{Duration, Instant};

use redis_schema::stream::{Follow, Position};
use redis_schema::{Handle, Settings, Store};
use redis_schema_test_server::{Fault, FaultProxy, Protocol, When};

use crate::schema::{Event, log};
use crate::server::Server;

/// Time allowed for an answer.
const ALLOWED: Duration = Duration::from_secs(1);
/// Much longer than that, on a machine that is busy with something else too, and less than a wait of fixed length
/// would take.
const TOO_LONG: Duration = Duration::from_millis(4500);

/// Takes the connection away while the reader waits, and sees what it does.
async fn notices(
    proxy: &FaultProxy,
    word: &str,
    log: Handle<log::Never, &Store>,
    mut reader: Follow<Event>,
) {
    log.xadd(&Event::of("a")).await.unwrap();
    assert_eq!(
        reader.next().await.unwrap().unwrap().record.unwrap().kind,
        "a"
    );
    proxy.inject(When::command(word).once(), Fault::black_hole());
    let started = Instant::now();
    let error = reader.next().await.unwrap().unwrap_err();
    let took = started.elapsed();
    assert_eq!(proxy.fired(), 1);
    proxy.clear();
    assert!(error.is_unavailable(), "{error}");
    assert!(took < TOO_LONG, "{took:?} to notice, {ALLOWED:?} allowed");
    // Another connection goes on where this one was.
    log.xadd(&Event::of("b")).await.unwrap();
    assert_eq!(
        reader.next().await.unwrap().unwrap().record.unwrap().kind,
        "b"
    );
}

#[tokio::test]
async fn it_is_noticed_within_the_time_allowed_for_an_answer() {
    for protocol in Protocol::ALL {
        let server = Server::start();
        let proxy = FaultProxy::start(server.port());
        let open = Store::builder::<log::Schema>()
            .url(&proxy.url(protocol, 0))
            .settings(Settings::DECLARED)
            .response_timeout(ALLOWED);
        let store: Store = open.open().await.unwrap();
        let log = |id| Handle::with(log::Never { id }, &store);
        let follow = log(1).follow(Position::Start);
        notices(&proxy, "XREAD", log(1), follow).await;
        log(2)
            .xgroup_create("workers", Position::Start)
            .await
            .unwrap();
        let consume = log(2).consume("workers", "ada");
        notices(&proxy, "XREADGROUP", log(2), consume).await;
    }
}
