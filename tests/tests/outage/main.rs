//! What generated code does while its server is away, and after a reply is lost.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod degrading;
mod lost;

use std::time::Duration;

use redis_schema::Settings;
use redis_schema_test_server::{FaultProxy, Protocol, Server};
use redis_schema_tests::degrading::Store;

/// A store that reaches its server through a proxy.
pub struct Behind {
    pub store: Store,
    pub proxy: FaultProxy,
    // Last: it must outlive the connections.
    pub server: Server,
}

impl Behind {
    pub async fn start() -> Self {
        let server = Server::start();
        let proxy = FaultProxy::start(server.port());
        let store = Store::builder()
            .url(&proxy.url(Protocol::Resp3, 0))
            .settings(Settings::DECLARED)
            .response_timeout(Duration::from_secs(2))
            .open()
            .await
            .unwrap();
        Self {
            store,
            proxy,
            server,
        }
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
