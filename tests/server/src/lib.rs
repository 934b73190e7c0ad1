//! A Redis server of its own for a test, bench or demo; a cluster, a pair with sentinels, and a proxy that
//! does harm between a client and any of them.
//!
//! A server listens on a free loopback port, keeps its files in a temporary directory, persists nothing
//! and ends with the value that started it. A failing test prints the server's log.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod alone;
mod certificates;
mod cluster;
mod node;
mod program;
mod proxy;
mod sentinel;

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub use certificates::Certificates;
pub use cluster::{Cluster, Shard};
pub use node::{Node, eventually};
pub use proxy::{Fault, FaultProxy, Harm, Side, When};
pub use sentinel::{MASTER_NAME, Sentinel, SentinelOptions};

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

    /// As redis-rs has it.
    #[must_use]
    pub fn version(self) -> redis::ProtocolVersion {
        match self {
            Self::Resp2 => redis::ProtocolVersion::RESP2,
            Self::Resp3 => redis::ProtocolVersion::RESP3,
        }
    }

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
    /// With what it was started, to start it again.
    program: OsString,
    arguments: Vec<String>,
}

/// How long anything may take on a machine that is busy with something else. Only a test that fails waits for so long.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long one connection may take to be made: whoever else has taken a port need not answer at all.
const TO_CONNECT: Duration = Duration::from_secs(10);
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
        Self::launch(&program::usual(), arguments)
    }

    /// Starts a server that gives single fields of a hash a lifetime: Redis 7.4 or later.
    ///
    /// # Panics
    /// There is none to start; the message says how to get one.
    #[must_use]
    pub fn start_newer() -> Self {
        Self::start_newer_with(&[])
    }

    /// As [`start_newer`](Self::start_newer), with more arguments for the server.
    ///
    /// # Panics
    /// There is none to start; the message says how to get one.
    #[must_use]
    pub fn start_newer_with(arguments: &[&str]) -> Self {
        Self::launch(&program::newer(), arguments)
    }

    fn launch(program: &OsStr, arguments: &[&str]) -> Self {
        for _ in 0..ATTEMPTS {
            let mut server = Self::spawn(program, arguments);
            if server.is_ready() {
                return server;
            }
        }
        panic!("{} did not start {ATTEMPTS} times", program.display());
    }

    fn spawn(program: &OsStr, arguments: &[&str]) -> Self {
        let dir = tempfile::Builder::new()
            .prefix("redis-schema-test-")
            .tempdir()
            .expect("temporary directory");
        let port = free_port();
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        Self {
            child: process(program, port, dir.path(), &arguments),
            port,
            dir,
            program: program.to_owned(),
            arguments,
        }
    }

    /// Ends the server at once, as if the machine had failed. Its port stays its own as far as tests go.
    pub fn stop(&mut self) {
        // Both fail only when the server has already gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts a stopped server again at the same port, empty.
    ///
    /// # Panics
    /// Somebody else has taken the port.
    pub fn restart(&mut self) {
        self.child = process(&self.program, self.port, self.dir.path(), &self.arguments);
        assert!(self.is_ready(), "port {} is taken", self.port);
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
                .get_connection_with_timeout(TO_CONNECT)
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
        url(self.port, protocol, database)
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

/// Where a database of the server on a loopback port is.
fn url(port: u16, protocol: Protocol, database: u16) -> String {
    format!(
        "redis://127.0.0.1:{port}/{database}?protocol={}",
        protocol.query()
    )
}

fn process(program: &OsStr, port: u16, dir: &Path, arguments: &[String]) -> Child {
    Command::new(program)
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no", "--daemonize", "no"])
        .args(["--logfile", "server.log", "--dir"])
        .arg(dir)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server on the path: apt-get install redis-server, brew install redis or dnf install redis")
}

/// Ports below those that the system gives to outgoing connections, which would otherwise take a port between the
/// moment it is found free and the moment a server listens on it.
const PORTS: std::ops::Range<u16> = 15_000..32_000;

/// A port that is free, and that no other test is given while this process runs.
fn free_port() -> u16 {
    let any = || {
        // Differs for each process and each call.
        let drawn = RandomState::new().hash_one(std::process::id());
        let offset = drawn % u64::from(PORTS.end - PORTS.start);
        PORTS.start + u16::try_from(offset).expect("less than the number of ports")
    };
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok() && reserve(*port);
    (0..1000).map(|_| any()).find(is_free).expect("a free port")
}

/// Whether the port is ours from now on: a lock on a file of its name says so to the other processes.
fn reserve(port: u16) -> bool {
    static RESERVED: Mutex<Vec<File>> = Mutex::new(Vec::new());
    let folder = std::env::temp_dir().join("redis-schema-test-ports");
    std::fs::create_dir_all(&folder).expect("folder of reserved ports");
    let mut options = File::options();
    let file = options.create(true).truncate(false).write(true);
    let file = file
        .open(folder.join(port.to_string()))
        .expect("lock file of a port");
    let is_ours = file.try_lock().is_ok();
    if is_ours {
        let mut reserved = RESERVED.lock().unwrap_or_else(PoisonError::into_inner);
        reserved.push(file);
    }
    is_ours
}

#[cfg(test)]
mod tests {
    use super::{Protocol, Server};

    #[test]
    fn the_newer_server_gives_fields_a_lifetime() {
        let server = Server::start_newer();
        let mut connection = server.connect(Protocol::Resp3, 0);
        redis::cmd("HSET")
            .arg("h")
            .arg("f")
            .arg("v")
            .exec(&mut connection)
            .unwrap();
        let reply: Vec<i64> = redis::cmd("HEXPIRE")
            .arg(&["h", "10", "FIELDS", "1", "f"])
            .query(&mut connection)
            .unwrap();
        assert_eq!(reply, [1]);
    }
}
