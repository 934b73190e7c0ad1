//! Every way to run a command on a server.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod link;

use std::ops::Deref;

pub use link::{Link, Way};
pub use redis_schema_test_server::Protocol;

/// A server of its own for a test.
#[derive(Debug)]
pub struct Server(redis_schema_test_server::Server);

impl Server {
    /// Starts a server and waits until it answers.
    pub fn start() -> Self {
        Self(redis_schema_test_server::Server::start())
    }

    /// Runs a test body over both protocols in every [`Way`], each time on an empty server.
    pub fn everywhere(database: u16, test: impl Fn(&mut Link)) {
        Self::ways(&Way::ALL, database, test);
    }

    /// As [`everywhere`](Self::everywhere), for commands that cannot be part of a batch.
    pub fn alone(database: u16, test: impl Fn(&mut Link)) {
        Self::ways(&[Way::Sync, Way::Async], database, test);
    }

    fn ways(ways: &[Way], database: u16, test: impl Fn(&mut Link)) {
        let server = Self::start();
        for protocol in Protocol::ALL {
            for way in ways {
                let mut link = Link::new(&server, protocol, *way, database);
                link.raw::<()>(&["FLUSHALL"]);
                test(&mut link);
            }
        }
    }
}

impl Deref for Server {
    type Target = redis_schema_test_server::Server;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
