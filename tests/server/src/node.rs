//! One process of a cluster or of a set of sentinels: it keeps its port and its files across restarts.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::{Certificates, PATIENCE, Protocol, TO_CONNECT, free_port, program, url};

/// A server process among others.
#[derive(Debug)]
pub struct Node {
    child: Option<Child>,
    port: u16,
    /// Where others are told to find it: its own port, or that of a proxy.
    announced: u16,
    /// Where it listens for encrypted connections, if it does.
    secure: Option<u16>,
    dir: TempDir,
    arguments: Vec<String>,
    password: Option<String>,
}

impl Node {
    pub(crate) fn new(arguments: &[&str]) -> Self {
        let dir = tempfile::Builder::new()
            .prefix("redis-schema-test-")
            .tempdir()
            .expect("temporary directory");
        let port = free_port();
        Self {
            child: None,
            port,
            announced: port,
            secure: None,
            dir,
            arguments: arguments.iter().map(ToString::to_string).collect(),
            password: None,
        }
    }

    pub(crate) fn announce(&mut self, port: u16) {
        self.announced = port;
    }

    pub(crate) fn arguments(&mut self, more: &[&str]) {
        let more = more.iter().map(ToString::to_string);
        self.arguments.extend(more);
    }

    /// As [`arguments`](Self::arguments), before those there are.
    pub(crate) fn first_arguments(&mut self, first: &[&str]) {
        let first = first.iter().map(ToString::to_string);
        self.arguments.splice(..0, first);
    }

    /// Makes it listen for encrypted connections too, ask their clients for a certificate, and follow others
    /// over such ones.
    pub(crate) fn secure(&mut self, certificates: &Certificates) {
        let port = free_port();
        let arguments = certificates.arguments(port, true);
        self.arguments.extend(arguments);
        self.arguments(&["--tls-replication", "yes"]);
        self.secure = Some(port);
    }

    /// Where it listens for encrypted connections, as `host:port`.
    ///
    /// # Panics
    /// It does not.
    #[must_use]
    pub fn secure_host(&self) -> String {
        let port = self
            .secure
            .expect("a node that listens for encrypted connections");
        format!("127.0.0.1:{port}")
    }

    /// The port of its encrypted connections.
    pub(crate) fn secure_port(&self) -> Option<u16> {
        self.secure
    }

    /// What its clients have to say first.
    pub(crate) fn password(&mut self, password: &str) {
        self.password = Some(password.to_owned());
    }

    /// A file among its own.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Starts the process and waits until it answers.
    pub(crate) fn start(&mut self) {
        self.spawn();
        self.wait();
    }

    /// Starts the process.
    pub(crate) fn spawn(&mut self) {
        let child = Command::new(program::usual())
            .args(&self.arguments)
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1"])
            .args(["--logfile", "server.log", "--dir"])
            .arg(self.dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server on the path");
        self.child = Some(child);
    }

    /// Waits until it answers.
    pub(crate) fn wait(&mut self) {
        eventually("a server answers", || {
            let child = self.child.as_mut().expect("a running server");
            let ended = child.try_wait().expect("status");
            assert!(ended.is_none(), "redis-server ended:\n{}", self.log());
            self.try_connect()
                .and_then(|mut connection| {
                    let info: String = redis::cmd("INFO").arg("server").query(&mut connection)?;
                    Ok(info.contains(&format!("port:{}\r\n", self.port)))
                })
                .unwrap_or(false)
        });
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The port others are told: its own, or that of its proxy.
    #[must_use]
    pub fn announced(&self) -> u16 {
        self.announced
    }

    /// Where it is for a client, as `host:port`.
    #[must_use]
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.announced)
    }

    /// Whether its process runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.child.is_some()
    }

    /// Where it is for a client.
    #[must_use]
    pub fn url(&self, protocol: Protocol) -> String {
        url(self.announced, protocol, 0)
    }

    /// A synchronous connection to the process itself, past any proxy.
    ///
    /// # Panics
    /// It does not run.
    #[must_use]
    pub fn connect(&self) -> redis::Connection {
        self.try_connect().expect("connection")
    }

    pub(crate) fn try_connect(&self) -> redis::RedisResult<redis::Connection> {
        let client = redis::Client::open(url(self.port, Protocol::Resp2, 0))?;
        let mut connection = client.get_connection_with_timeout(TO_CONNECT)?;
        if let Some(password) = &self.password {
            redis::cmd("AUTH").arg(password).exec(&mut connection)?;
        }
        Ok(connection)
    }

    /// Runs one command on the process itself.
    ///
    /// # Panics
    /// The server refuses it.
    #[track_caller]
    pub fn run<R: redis::FromRedisValue>(&self, words: &[&str]) -> R {
        let mut cmd = redis::Cmd::new();
        cmd.arg(words);
        match cmd.query(&mut self.connect()) {
            Ok(reply) => reply,
            Err(error) => panic!("port {}: {words:?}: {error}", self.port),
        }
    }

    /// As [`run`](Self::run); `None` when it cannot be reached or refuses.
    #[must_use]
    pub fn try_run<R: redis::FromRedisValue>(&self, words: &[&str]) -> Option<R> {
        let mut connection = self.try_connect().ok()?;
        redis::Cmd::new().arg(words).query(&mut connection).ok()
    }

    /// One field of `INFO`; empty when it cannot be reached.
    #[must_use]
    pub fn info(&self, section: &str, field: &str) -> String {
        let info: String = self.try_run(&["INFO", section]).unwrap_or_default();
        let prefix = format!("{field}:");
        let line = info.lines().find_map(|line| line.strip_prefix(&prefix));
        line.unwrap_or_default().trim().to_owned()
    }

    /// Whether it has everything that its primary had to say by now.
    #[must_use]
    pub fn has_all_of(&self, primary: &Self) -> bool {
        let offset = |node: &Self| node.info("replication", "master_repl_offset").parse().ok();
        let (all, own): (Option<u64>, Option<u64>) = (offset(primary), offset(self));
        all.is_some() && own >= all
    }

    /// Kills the process as a machine that loses power would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Both fail only when the process has already gone.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(Path::new(self.dir.path()).join("server.log")).unwrap_or_default()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!(
                "--- log of the server on port {} ---\n{}",
                self.port,
                self.log()
            );
        }
    }
}

/// Asks until the answer is yes.
///
/// # Panics
/// It is not within two minutes.
#[track_caller]
pub fn eventually(what: &str, is_so: impl FnMut() -> bool) {
    eventually_or(what, is_so, String::new);
}

/// As [`eventually`], with more to say when it does not come.
#[track_caller]
pub(crate) fn eventually_or(
    what: &str,
    mut is_so: impl FnMut() -> bool,
    explain: impl Fn() -> String,
) {
    let started = Instant::now();
    while !is_so() {
        assert!(
            started.elapsed() < PATIENCE,
            "not so in time: {what}\n{}",
            explain()
        );
        // The only way to learn what servers agree on is to ask again.
        std::thread::sleep(Duration::from_millis(5));
    }
}
