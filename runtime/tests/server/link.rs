use redis::aio::MultiplexedConnection;
use redis_schema::{Command, Error, ErrorKind, Result};
use tokio::runtime::Runtime;

use super::{Protocol, Server};

/// How commands reach the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Each by itself on a synchronous connection.
    Sync,
    /// Each by itself on an asynchronous connection.
    Async,
    /// Each as a pipeline of one on a synchronous connection.
    Pipeline,
    /// Each as a transaction of one on an asynchronous connection.
    Atomic,
}

impl Way {
    pub const ALL: [Self; 4] = [Self::Sync, Self::Async, Self::Pipeline, Self::Atomic];
}

/// Connections to one database of a server, over one protocol.
pub struct Link {
    pub way: Way,
    pub protocol: Protocol,
    runtime: Runtime,
    sync: redis::Connection,
    asynchronous: MultiplexedConnection,
}

impl Link {
    pub fn new(server: &Server, protocol: Protocol, way: Way, database: u16) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("runtime");
        let client = server.client(protocol, database);
        let asynchronous = runtime
            .block_on(client.get_multiplexed_async_connection())
            .expect("connection");
        Self {
            way,
            protocol,
            runtime,
            sync: server.connect(protocol, database),
            asynchronous,
        }
    }

    /// Runs a command.
    pub fn run<R>(&mut self, command: Command<R>) -> Result<R> {
        match self.way {
            Way::Sync => command.query(&mut self.sync),
            Way::Async => {
                let connection = &mut self.asynchronous;
                self.runtime.block_on(command.query_async(connection))
            }
            Way::Pipeline => redis_schema::pipeline((command,))
                .query(&mut self.sync)
                .map(|(result,)| result),
            Way::Atomic => {
                let batch = redis_schema::atomic((command,));
                let connection = &mut self.asynchronous;
                let result = self.runtime.block_on(batch.query_async(connection));
                result.map(|(result,)| result)
            }
        }
    }

    /// Runs a command that must succeed.
    #[track_caller]
    pub fn ok<R>(&mut self, command: Command<R>) -> R {
        let (way, protocol) = (self.way, self.protocol);
        match self.run(command) {
            Ok(result) => result,
            Err(error) => panic!("{way:?} over {protocol:?}: {error}"),
        }
    }

    /// Runs a command that must fail in a certain way.
    #[track_caller]
    pub fn fails<R>(&mut self, kind: ErrorKind, command: Command<R>) -> Error {
        let (way, protocol) = (self.way, self.protocol);
        match self.run(command) {
            Ok(_) => panic!("{way:?} over {protocol:?}: it succeeded"),
            Err(error) => {
                assert_eq!(error.kind(), kind, "{way:?} over {protocol:?}: {error}");
                error
            }
        }
    }

    /// Runs a raw command that must succeed: to prepare and to look beneath.
    #[track_caller]
    pub fn raw<R: redis::FromRedisValue>(&mut self, words: &[&str]) -> R {
        let mut cmd = redis::Cmd::new();
        for word in words {
            cmd.arg(word);
        }
        match cmd.query(&mut self.sync) {
            Ok(result) => result,
            Err(error) => panic!("{words:?}: {error}"),
        }
    }

    /// The remaining lifetime of a key in milliseconds; -1 without one, -2 without the key.
    #[track_caller]
    pub fn pttl(&mut self, key: &str) -> i64 {
        self.raw(&["PTTL", key])
    }

    /// The connection underneath, for what runs on a synchronous one only.
    pub fn sync(&mut self) -> &mut redis::Connection {
        &mut self.sync
    }
}
