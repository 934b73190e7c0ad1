//! A circuit breaker between a store and a server that does not answer.

use std::time::{Duration, Instant};

use redis_schema::{BreakerOptions, ErrorKind};
use redis_schema_test_server::{Fault, FaultProxy, Protocol, Server, When};

use crate::several::Store;

/// How long it stays open at first.
const PAUSE: Duration = Duration::from_millis(400);

#[tokio::test]
async fn an_open_breaker_refuses_at_once_and_probes() {
    let server = Server::start();
    let proxy = FaultProxy::start(server.port());
    let options = BreakerOptions::new()
        .min_calls(4)
        .open_for(PAUSE, PAUSE)
        .half_open(2);
    let store = Store::builder()
        .url(&proxy.url(Protocol::Resp3, 0))
        .response_timeout(Duration::from_millis(50))
        .circuit_breaker(options)
        .open()
        .await
        .unwrap();
    store.plain(1).set("a").await.unwrap();

    proxy.inject(When::any(), Fault::error("LOADING Redis is loading"));
    let mut failed = 0;
    let opened = loop {
        let error = store.plain(1).get().await.unwrap_err();
        if error.to_string().contains("circuit breaker") {
            assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
            break Instant::now();
        }
        failed += 1;
        assert!(failed < 20, "{error}");
    };
    // Nothing is sent while it is open, and nobody waits.
    let sent = proxy.commands();
    let mut longest = Duration::ZERO;
    for _ in 0..200 {
        let started = Instant::now();
        store.plain(1).get().await.unwrap_err();
        longest = longest.max(started.elapsed());
    }
    assert!(opened.elapsed() < PAUSE / 2, "{:?}", opened.elapsed());
    assert_eq!(proxy.commands(), sent);
    assert!(
        opened.elapsed() / 200 < Duration::from_millis(1),
        "{longest:?}"
    );

    // A probe that fails opens it again; when the server is well it closes by itself.
    let mut probes = 0;
    while opened.elapsed() < 3 * PAUSE {
        let error = store.plain(1).get().await.unwrap_err();
        probes += u32::from(!error.to_string().contains("circuit breaker"));
    }
    assert!((1..=6).contains(&probes), "{probes}");
    proxy.clear();
    while store.plain(1).get().await.is_err() {}
    for _ in 0..100 {
        assert_eq!(store.plain(1).get().await.unwrap().as_deref(), Some("a"));
    }
}
