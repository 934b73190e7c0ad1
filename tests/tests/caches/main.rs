//! Caches on a real server: what is loaded, what is stored, and what is forgotten.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod at_rest;
mod counted;
mod loading;
mod races;
mod stale;
mod tags;
mod without;

use std::convert::Infallible;

use redis_schema::{Settings, StoreBuilder};
use redis_schema_test_server::{FaultProxy, Protocol, Server};

/// Caches with and without tags.
#[redis_schema::redis_schema("tests/caches/caches.redis.yaml")]
pub mod caches {}

use caches::{Model, Schema, Store};

/// What a loader says that cannot fail.
pub type Loaded<V> = Result<Option<V>, Infallible>;

/// A value that is told from others by its number.
pub fn model(number: u32) -> Model {
    Model::new(number)
}

/// A server, and a way to it that counts and does harm.
pub struct Place {
    pub proxy: FaultProxy,
    protocol: Protocol,
    // Last: it must outlive the connections.
    pub server: Server,
}

impl Place {
    pub fn new(protocol: Protocol) -> Self {
        let server = Server::start();
        let proxy = FaultProxy::start(server.port());
        Self {
            proxy,
            protocol,
            server,
        }
    }

    /// A store of its own, as another process would have it.
    pub async fn store(&self) -> Store {
        self.store_with(|builder| builder).await
    }

    pub async fn store_with(
        &self,
        more: impl FnOnce(StoreBuilder<Schema, Store>) -> StoreBuilder<Schema, Store>,
    ) -> Store {
        let builder = Store::builder()
            .url(&self.proxy.url(self.protocol, 0))
            .settings(Settings::DECLARED);
        more(builder).open().await.unwrap()
    }

    /// Runs a raw command on the server, past proxy and store.
    pub fn raw<R: redis::FromRedisValue>(&self, words: &[&str]) -> R {
        let mut cmd = redis::Cmd::new();
        cmd.arg(words);
        let mut connection = self.server.connect(Protocol::Resp2, 0);
        cmd.query(&mut connection).unwrap()
    }

    /// Milliseconds until a key expires.
    pub fn left(&self, key: &str) -> i64 {
        self.raw(&["PTTL", key])
    }

    /// No key may stay for ever.
    pub fn assert_nothing_stays(&self) {
        let keys: Vec<String> = self.raw(&["KEYS", "*"]);
        for key in keys {
            assert!(self.left(&key) > 0, "{key} stays");
        }
    }
}
