//! A Redis server of its own for a test, bench or demo.
//!
//! The server listens on a free loopback port, keeps its files in a temporary directory, persists nothing
//! and ends with the value that started it. A failing test prints the server's log.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The wire protocol of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// The older one.
    Resp2,
    /// The newer one, with more kinds of reply.
    Resp3,
}

impl Protocol {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Resp2, Self::Resp3];

    fn query(self) -> &'static str {
        match self {
            Self::Resp2 => "resp2",
            Self::Resp3 => "resp3",
        }
    }
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    port: u16,
    dir: TempDir,
}

/// How long a server may take to answer its first `PING`.
const PATIENCE: Duration = Duration::from_secs(30);
/// Somebody else may take a free port before the server does.
const ATTEMPTS: usize = 8;

impl Server {
    /// Starts a server and waits until it answers.
    ///
    /// # Panics
    /// There is no `redis-server` to start.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// As [`start`](Self::start), with more arguments for the server.
    ///
    /// # Panics
    /// There is no `redis-server` to start.
    #[must_use]
    pub fn start_with(arguments: &[&str]) -> Self {
        for _ in 0..ATTEMPTS {
            let mut server = Self::spawn(arguments);
            if server.is_ready() {
                return server;
            }
        }
        panic!("redis-server did not start {ATTEMPTS} times");
    }

    fn spawn(arguments: &[&str]) -> Self {
        let dir = tempfile::Builder::new()
            .prefix("redis-schema-test-")
            .tempdir()
            .expect("temporary directory");
        let port = free_port();
        let program = std::env::var_os("REDIS_SERVER_BIN").unwrap_or_else(|| "redis-server".into());
        let child = Command::new(program)
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no", "--daemonize", "no"])
            .args(["--logfile", "server.log", "--dir"])
            .arg(dir.path())
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server on the path: apt-get install redis-server, brew install redis or dnf install redis");
        Self { child, port, dir }
    }

    /// Waits for the answer to a `PING` of this very server: another one may have taken the port.
    fn is_ready(&mut self) -> bool {
        let started = Instant::now();
        let client = redis::Client::open(self.url(Protocol::Resp2, 0)).expect("URL");
        while started.elapsed() < PATIENCE {
            if self.child.try_wait().expect("status").is_some() {
                return false;
            }
            if client
                .get_connection_with_timeout(Duration::from_millis(500))
                .and_then(|mut connection| self.is_own(&mut connection))
                .unwrap_or(false)
            {
                return true;
            }
            // The only way to learn that a port is open is to knock again.
            std::thread::sleep(Duration::from_millis(2));
        }
        false
    }

    fn is_own(&self, connection: &mut redis::Connection) -> redis::RedisResult<bool> {
        let info: String = redis::cmd("INFO").arg("server").query(connection)?;
        let own = format!("process_id:{}\r\n", self.child.id());
        Ok(info.contains(&own))
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where one of its databases is.
    #[must_use]
    pub fn url(&self, protocol: Protocol, database: u16) -> String {
        format!(
            "redis://127.0.0.1:{}/{database}?protocol={}",
            self.port,
            protocol.query()
        )
    }

    /// A client bound to one of its databases.
    ///
    /// # Panics
    /// Never: the URL is its own.
    #[must_use]
    pub fn client(&self, protocol: Protocol, database: u16) -> redis::Client {
        redis::Client::open(self.url(protocol, database)).expect("URL")
    }

    /// A synchronous connection to one of its databases.
    ///
    /// # Panics
    /// The server has gone.
    #[must_use]
    pub fn connect(&self, protocol: Protocol, database: u16) -> redis::Connection {
        self.client(protocol, database)
            .get_connection()
            .expect("connection")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only when the server has already gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.dir.path().join("server.log"));
            eprintln!(
                "--- log of the Redis server on port {} ---\n{}",
                self.port,
                log.unwrap_or_default()
            );
        }
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .expect("free port")
        .port()
}
