//! Sessions on a real server: who is let in, until when, and what becomes of those who are shut out, whatever runs beside.
//!
//! Nothing waits by the clock alone: short times are over on the server, and tests look at the server until they are.

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
mod index;
mod model;
mod races;
mod secret;
mod using;

use std::time::{Duration, Instant};

use redis_schema_test_server::{Protocol, Server};

#[redis_schema::redis_schema("tests/sessions/sessions.redis.yaml")]
pub mod sessions {}

/// A server, and somebody who looks at it.
pub struct Scene {
    pub server: Server,
    pub protocol: Protocol,
    looking: redis_schema::redis::Connection,
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
    pub async fn program(&self) -> sessions::Store {
        let url = self.server.url(self.protocol, 0);
        sessions::Store::connect(&url).await.unwrap()
    }

    /// What anybody may ask the server.
    #[track_caller]
    pub fn raw<R: redis_schema::redis::FromRedisValue>(&mut self, words: &[&str]) -> R {
        let mut command = redis_schema::redis::cmd(words[0]);
        command.arg(&words[1..]).query(&mut self.looking).unwrap()
    }

    /// Every key there is.
    pub fn names(&mut self) -> Vec<String> {
        let mut names: Vec<String> = self.raw(&["KEYS", "*"]);
        names.sort();
        names
    }

    /// Looks until something is so on the server.
    pub async fn until(&mut self, mut so: impl FnMut(&mut Self) -> bool) {
        let patience = Instant::now() + Duration::from_secs(30);
        while !so(self) {
            assert!(Instant::now() < patience, "it never is");
            tokio::task::yield_now().await;
        }
    }

    /// Every key has an end.
    #[track_caller]
    pub fn all_end(&mut self) {
        for name in self.names() {
            let left: i64 = self.raw(&["PTTL", &name]);
            assert!(left >= 0, "a key without a lifetime");
        }
    }
}

/// Somebody who is logged in.
pub fn login(user: u32, role: &str) -> sessions::Login {
    sessions::Login::new(user, role.to_owned())
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
