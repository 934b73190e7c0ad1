//! Queues of work on a real server: who has a task, what becomes of those that are late or gone, and that nothing is lost or done twice.
//!
//! Nothing waits by the clock alone: leases and delays are short and end on the server, and tests ask it until they have.

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
mod model;
mod processes;
mod tasks;

use std::time::{Duration, Instant};

use redis_schema_test_server::{Protocol, Server};

#[redis_schema::redis_schema("tests/queues/queues.redis.yaml")]
pub mod queues {}

/// What a loaded machine may take.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A server, and somebody who looks at it.
pub struct Scene {
    pub server: Server,
    pub protocol: Protocol,
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
    pub async fn program(&self) -> queues::Store {
        let url = self.server.url(self.protocol, 0);
        queues::Store::connect(&url).await.unwrap()
    }

    /// What anybody may ask the server.
    #[track_caller]
    pub fn raw<R: redis::FromRedisValue>(&mut self, words: &[&str]) -> R {
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]).query(&mut self.looking).unwrap()
    }
}

/// Asks until there is an answer.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let patience = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < patience, "{what}: never");
        tokio::task::yield_now().await;
    }
}

/// Plays a scene in both protocols.
pub fn both(scene: impl AsyncFn(Scene)) {
    for protocol in Protocol::ALL {
        play(protocol, &scene);
    }
}

/// Plays a scene in one protocol.
pub fn play(protocol: Protocol, scene: impl AsyncFn(Scene)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(scene(Scene::new(protocol)));
}
