//! Locks and semaphores on a real server: who holds what, until when, and what becomes of those who are late, gone or cancelled.
//!
//! Nothing waits by the clock alone: short leases end on the server, and tests look at the server or at a guard until they have.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod ending;
mod faults;
mod history;
mod locks;
mod permits;
mod waiting;

use std::time::{Duration, Instant};

use redis_schema_test_server::{Protocol, Server};

#[redis_schema::redis_schema("tests/held/held.redis.yaml")]
pub mod held {}

/// The same semaphore with fewer permits.
#[redis_schema::redis_schema("tests/held/fewer.redis.yaml")]
pub mod fewer {}

/// The lease of `brief`, `kept` and `desk`.
pub const LEASE: Duration = Duration::from_millis(300);

/// A server, and somebody who looks at it.
pub struct Scene {
    pub server: Server,
    protocol: Protocol,
    looking: redis::Connection,
}

impl Scene {
    pub fn new(protocol: Protocol) -> Self {
        let server = Server::start();
        let looking = server.connect(protocol, 0);
        Self {
            server,
            protocol,
            looking,
        }
    }

    /// A program of its own.
    pub async fn program(&self) -> held::Store {
        let url = self.server.url(self.protocol, 0);
        held::Store::connect(&url).await.unwrap()
    }

    /// What anybody may ask the server.
    #[track_caller]
    pub fn raw<R: redis::FromRedisValue>(&mut self, words: &[&str]) -> R {
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]).query(&mut self.looking).unwrap()
    }

    /// Looks until a key is gone.
    pub async fn gone(&mut self, key: &str) {
        let patience = Instant::now() + Duration::from_secs(30);
        while self.raw::<bool>(&["EXISTS", key]) {
            assert!(Instant::now() < patience, "{key} stays");
            tokio::task::yield_now().await;
        }
    }

    /// How often scripts ran since the last time.
    pub fn scripts(&mut self) -> u64 {
        let info: String = self.raw(&["INFO", "commandstats"]);
        self.raw::<()>(&["CONFIG", "RESETSTAT"]);
        let calls = info.lines().find_map(|line| {
            let facts = line.strip_prefix("cmdstat_eval:calls=")?;
            facts.split(',').next()?.parse().ok()
        });
        calls.unwrap_or(0)
    }
}

/// Plays a scene in both protocols.
pub fn both(play: impl AsyncFn(Scene)) {
    for protocol in Protocol::ALL {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(play(Scene::new(protocol)));
    }
}
