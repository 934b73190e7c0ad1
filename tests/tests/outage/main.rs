//! What generated code does while its server is away, and after a reply is lost.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod degrading;
mod hand_over;
mod loading;
mod loading_alone;
mod lost;

use std::time::Duration;

use redis_schema::observe::BreakerState;
use redis_schema::{BreakerOptions, Settings, StoreBuilder};
use redis_schema_test_server::{FaultProxy, Protocol, Server};
use redis_schema_tests::degrading::{Schema, Store};

/// A store that reaches its server through a proxy.
pub struct Behind {
    pub store: Store,
    pub proxy: FaultProxy,
    // Last: it must outlive the connections.
    pub server: Server,
}

impl Behind {
    pub async fn start() -> Self {
        Self::start_with(Protocol::Resp3, |builder| builder).await
    }

    pub async fn start_by(protocol: Protocol) -> Self {
        Self::start_with(protocol, |builder| builder).await
    }

    pub async fn start_with(
        protocol: Protocol,
        more: impl FnOnce(StoreBuilder<Schema, Store>) -> StoreBuilder<Schema, Store>,
    ) -> Self {
        let server = Server::start();
        let proxy = FaultProxy::start(server.port());
        let store = Store::builder()
            .url(&proxy.url(protocol, 0))
            .settings(Settings::DECLARED)
            .response_timeout(Duration::from_secs(2));
        let store = more(store).open().await.unwrap();
        Self {
            store,
            proxy,
            server,
        }
    }

    /// A server that cannot be reached any more, and a breaker that stays open: calls fail at once.
    pub async fn start_alone() -> Self {
        const LONG: Duration = Duration::from_secs(3600);
        let options = BreakerOptions::new().min_calls(1).open_for(LONG, LONG);
        let guarded = |builder: StoreBuilder<Schema, Store>| builder.circuit_breaker(options);
        let this = Self::start_with(Protocol::Resp3, |builder| guarded(builder).fail_when_down());
        let this = this.await;
        this.leave();
        // Calls are only counted now and then.
        for _ in 0..1000 {
            this.store.strict(0).get().await.unwrap_err();
        }
        assert_eq!(
            this.store.stats().nodes[0].breaker,
            Some(BreakerState::Open)
        );
        this
    }

    /// Runs a raw command on the server, past proxy and store.
    pub fn raw<R: redis::FromRedisValue>(&self, words: &[&str]) -> R {
        let mut cmd = redis::Cmd::new();
        cmd.arg(words);
        let mut connection = self.server.connect(Protocol::Resp2, 0);
        cmd.query(&mut connection).unwrap()
    }

    /// The server cannot be reached any more.
    pub fn leave(&self) {
        self.proxy.refuse(true);
        self.proxy.cut();
    }

    /// The server is back, and the store has noticed.
    pub async fn come_back(&self) {
        self.proxy.refuse(false);
        for _ in 0..60 {
            if self.store.strict(0).exists().await.is_ok() {
                return;
            }
        }
        panic!("the store does not find its server again");
    }
}
