//! Progress on a real server: numbers that rise, totals that are those of the items, a completion that is told once, and events without a gap.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod at_rest;
mod concurrent;
mod faults;
mod following;
mod lifetimes;
mod model;
mod reports;
mod without;

use redis_schema::progress::{Reported, Update};
use redis_schema_test_server::{Protocol, Server};

#[redis_schema::redis_schema("tests/progress/progress.redis.yaml")]
pub mod progressing {}

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
    pub async fn program(&self) -> progressing::Store {
        let url = self.server.url(self.protocol, 0);
        progressing::Store::connect(&url).await.unwrap()
    }

    /// What anybody may ask the server.
    #[track_caller]
    pub fn raw<R: redis::FromRedisValue>(&mut self, words: &[&str]) -> R {
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]).query(&mut self.looking).unwrap()
    }

    /// Milliseconds until a key expires.
    pub fn left(&mut self, key: &str) -> i64 {
        self.raw(&["PTTL", key])
    }

    /// No key may stay for ever but those that are declared so.
    #[track_caller]
    pub fn assert_nothing_stays(&mut self) {
        for key in self.raw::<Vec<String>>(&["KEYS", "*"]) {
            let left = self.left(&key);
            assert!(left != -1 || key.starts_with("lasting:"), "{key} stays");
        }
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

/// What a report brought that counts.
#[track_caller]
pub fn counted(reported: Reported) -> Update {
    match reported {
        Reported::Counted(update) => update,
        other => panic!("{other:?}"),
    }
}
