//! Where stories are played: one server, in both protocols, one story after the other on an empty server.

use std::future::{Future, IntoFuture};
use std::panic::{AssertUnwindSafe, catch_unwind};

use redis_schema::{Command, ErrorKind, Schema, Settings, Store, StoreBuilder};
use redis_schema_test_server::{Protocol, Server};
use tokio::runtime::{Builder, Runtime};

use crate::table::{Entry, Told};

/// One server, spoken to in one protocol.
pub struct Stage<'s> {
    pub server: &'s Server,
    pub protocol: Protocol,
    pub redis: redis::Connection,
    runtime: Runtime,
}

/// Plays every story of a group in both protocols and tells all that went otherwise than their pages say.
pub fn play(server: &Server, stories: &[Entry]) {
    let mut wrong = Vec::new();
    for protocol in Protocol::ALL {
        for (code, told) in stories {
            let Told::Live(story) = told else { continue };
            let mut stage = Stage::new(server, protocol);
            stage.raw::<()>(&["FLUSHALL"]);
            // The message was printed when it panicked.
            if catch_unwind(AssertUnwindSafe(|| story(&mut stage))).is_err() {
                wrong.push(format!("{code} over {protocol:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "not as the page says: {wrong:#?}");
}

impl<'s> Stage<'s> {
    pub fn new(server: &'s Server, protocol: Protocol) -> Self {
        Self {
            server,
            protocol,
            redis: server.connect(protocol, 0),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    /// Runs a command that works.
    #[track_caller]
    pub fn run<R>(&mut self, command: Command<R>) -> R {
        command.query(&mut self.redis).unwrap()
    }

    /// Runs a command that fails.
    #[track_caller]
    pub fn fails<R: std::fmt::Debug>(&mut self, command: Command<R>) -> ErrorKind {
        command.query(&mut self.redis).unwrap_err().kind()
    }

    /// What anybody may ask the server.
    #[track_caller]
    pub fn raw<R: redis::FromRedisValue>(&mut self, words: &[&str]) -> R {
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]).query(&mut self.redis).unwrap()
    }

    /// Waits for what is asynchronous.
    pub fn wait<F: IntoFuture>(&self, future: F) -> F::Output {
        self.runtime.block_on(async { future.await })
    }

    /// Opens the store of a version.
    #[track_caller]
    pub fn open<S: Schema, T: From<Store>>(&self, builder: StoreBuilder<S, T>) -> T {
        self.wait(self.opening(builder)).unwrap()
    }

    /// Opens the store of a version, which may be refused.
    pub fn opening<S: Schema, T: From<Store>>(
        &self,
        builder: StoreBuilder<S, T>,
    ) -> impl Future<Output = redis_schema::Result<T>> + use<S, T> {
        let builder = builder
            .url(&self.server.url(self.protocol, 0))
            .settings(Settings::DECLARED);
        builder.open()
    }
}
