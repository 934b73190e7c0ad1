//! A watched pair of its own for a test: a master with a replica, and three sentinels that put the replica
//! in its place when it is gone.
//!
//! Clusters and sets of sentinels take turns, also across processes: a test has one at a time.

use std::collections::HashMap;

use crate::alone::Turn;
use crate::node::{Node, eventually, eventually_or};
use crate::{Certificates, FaultProxy, Protocol};

/// The name under which the sentinels watch the master.
pub const MASTER_NAME: &str = "main";
/// Sentinels.
const SENTINELS: usize = 3;
/// Milliseconds after which a sentinel takes a silent server for dead, while none is: a busy machine must not
/// look like one.
const PATIENT: &str = "600000";
/// The same once a test has killed one, and waits for what follows.
const QUICK: &str = "2000";
/// What sets servers up.
const PLAIN: [&str; 8] = [
    "--save",
    "",
    "--appendonly",
    "no",
    "--daemonize",
    "no",
    "--repl-diskless-sync-delay",
    "0",
];

/// A running set. Its processes end with it.
#[derive(Debug)]
pub struct Sentinel {
    data: Vec<Node>,
    sentinels: Vec<Node>,
    proxies: Vec<FaultProxy>,
    _turn: Turn,
}

/// How to start a set.
#[derive(Debug, Clone, Default)]
pub struct SentinelOptions<'a> {
    behind_proxies: bool,
    password: Option<String>,
    sentinel_password: Option<String>,
    certificates: Option<&'a Certificates>,
}

impl<'a> SentinelOptions<'a> {
    /// A [`FaultProxy`] in front of each data server: clients that ask the sentinels are told the proxies'
    /// ports, and the sentinels themselves look through them.
    #[must_use]
    pub fn behind_proxies(mut self) -> Self {
        self.behind_proxies = true;
        self
    }

    /// The data servers ask for this password.
    #[must_use]
    pub fn password(mut self, password: &str) -> Self {
        self.password = Some(password.to_owned());
        self
    }

    /// Everybody listens for encrypted connections and uses such ones; for the test itself, there are plain
    /// ones besides.
    #[must_use]
    pub fn secure(mut self, certificates: &'a Certificates) -> Self {
        self.certificates = Some(certificates);
        self
    }

    /// The sentinels ask for this password.
    #[must_use]
    pub fn sentinel_password(mut self, password: &str) -> Self {
        self.sentinel_password = Some(password.to_owned());
        self
    }
}

impl Sentinel {
    /// Starts a set and waits until the sentinels know each other and the replica.
    ///
    /// # Panics
    /// There is no `redis-server`, or they do not within two minutes.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&SentinelOptions::default())
    }

    /// As [`start`](Self::start), with options.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    #[must_use]
    pub fn start_with(options: &SentinelOptions<'_>) -> Self {
        let turn = Turn::take();
        let mut set = Self {
            data: Vec::new(),
            sentinels: Vec::new(),
            proxies: Vec::new(),
            _turn: turn,
        };
        for _ in 0..2 {
            set.start_data(options);
        }
        // A sentinel that finds no replica looks again after ten seconds only.
        eventually("the replica follows", || follows(&set.data[1]));
        for _ in 0..SENTINELS {
            set.start_sentinel(options);
        }
        set.wait_until_ok();
        set
    }

    fn logs(&self) -> String {
        let logs = self.data.iter().chain(&self.sentinels).map(Node::log);
        logs.collect::<Vec<_>>().join("\n---\n")
    }

    fn start_data(&mut self, options: &SentinelOptions<'_>) {
        let mut node = Node::new(&PLAIN);
        if options.behind_proxies {
            let proxy = FaultProxy::start(node.port());
            node.announce(proxy.port());
            node.arguments(&["--replica-announce-port", &proxy.port().to_string()]);
            self.proxies.push(proxy);
        }
        node.arguments(&["--replica-announce-ip", "127.0.0.1"]);
        if let Some(certificates) = options.certificates {
            node.secure(certificates);
            node.secure_port()
                .into_iter()
                .for_each(|port| node.announce(port));
        }
        if let Some(password) = &options.password {
            node.password(password);
            node.arguments(&["--requirepass", password, "--masterauth", password]);
        }
        if let Some(master) = self.data.first() {
            node.arguments(&["--replicaof", "127.0.0.1", &master.announced().to_string()]);
        }
        node.start();
        self.data.push(node);
    }

    fn start_sentinel(&mut self, options: &SentinelOptions<'_>) {
        let mut node = Node::new(&[]);
        if let Some(certificates) = options.certificates {
            node.secure(certificates);
        }
        let master = self.data[0].announced();
        let quorum = SENTINELS / 2 + 1;
        let mut config = format!(
            "sentinel monitor {MASTER_NAME} 127.0.0.1 {master} {quorum}\n\
             sentinel down-after-milliseconds {MASTER_NAME} {PATIENT}\n\
             sentinel failover-timeout {MASTER_NAME} 3000\n\
             sentinel parallel-syncs {MASTER_NAME} 1\n"
        );
        if let Some(password) = &options.password {
            config += &format!("sentinel auth-pass {MASTER_NAME} \"{password}\"\n");
        }
        if let Some(password) = &options.sentinel_password {
            config +=
                &format!("requirepass \"{password}\"\nsentinel sentinel-pass \"{password}\"\n");
            node.password(password);
        }
        let path = node.file("sentinel.conf");
        std::fs::write(&path, config).expect("file");
        // The name of the file comes first, what overrides it behind.
        node.first_arguments(&[&path.to_string_lossy(), "--sentinel"]);
        node.start();
        self.sentinels.push(node);
    }

    /// The data servers; the first one began as the master.
    #[must_use]
    pub fn data(&self) -> &[Node] {
        &self.data
    }

    /// The sentinels.
    #[must_use]
    pub fn sentinels(&self) -> &[Node] {
        &self.sentinels
    }

    /// The proxies, in the order of the data servers; none unless it was started so.
    #[must_use]
    pub fn proxies(&self) -> &[FaultProxy] {
        &self.proxies
    }

    /// Where to find the sentinels, for a client.
    #[must_use]
    pub fn urls(&self, protocol: Protocol) -> Vec<String> {
        let nodes = self.sentinels.iter();
        nodes.map(|node| node.url(protocol)).collect()
    }

    /// Which data server a sentinel takes for the master.
    #[must_use]
    pub fn master_seen_by(&self, sentinel: usize) -> Option<usize> {
        let words = ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME];
        let (_, port): (String, u16) = self.sentinels[sentinel].try_run(&words)?;
        self.data.iter().position(|node| node.announced() == port)
    }

    /// Which data server is the master in the eyes of the first running sentinel.
    ///
    /// # Panics
    /// No sentinel runs.
    #[must_use]
    pub fn master(&self) -> usize {
        let sentinel = self.sentinels.iter().position(Node::is_running);
        self.master_seen_by(sentinel.expect("a running sentinel"))
            .expect("a master")
    }

    /// Kills the master; returns which one it was. Nothing is waited for.
    pub fn kill_master(&mut self) -> usize {
        let master = self.master();
        self.data[master].kill();
        self.wait_for_silent_servers(QUICK);
        master
    }

    /// How long the running sentinels wait for a silent server from now on.
    fn wait_for_silent_servers(&self, milliseconds: &str) {
        let option = "down-after-milliseconds";
        for sentinel in self.sentinels.iter().filter(|node| node.is_running()) {
            sentinel.run::<()>(&["SENTINEL", "SET", MASTER_NAME, option, milliseconds]);
        }
    }

    /// Waits until the replica has what the master has.
    ///
    /// # Panics
    /// It has not within two minutes.
    pub fn wait_until_copied(&self) {
        let master = self.master();
        let others = self.data.iter().enumerate();
        let replicas: Vec<&Node> = others
            .filter(|(index, node)| *index != master && node.is_running())
            .map(|(_, node)| node)
            .collect();
        eventually("the replica has it all", || {
            let mut replicas = replicas.iter();
            replicas.all(|replica| replica.has_all_of(&self.data[master]))
        });
    }

    /// Kills a sentinel.
    pub fn kill_sentinel(&mut self, sentinel: usize) {
        self.sentinels[sentinel].kill();
    }

    /// Starts a killed data server again as what it was told to be at the start: a master takes writes that
    /// will be lost, until the sentinels make it a replica after about 8 s.
    pub fn restart(&mut self, data: usize) {
        self.data[data].start();
    }

    /// Starts a killed data server again as a replica of the present master.
    pub fn rejoin(&mut self, data: usize) {
        let master = self.data[self.master()].announced().to_string();
        self.data[data].arguments(&["--replicaof", "127.0.0.1", &master]);
        self.data[data].start();
    }

    /// Asks for another master although nothing is wrong with this one, again where a sentinel gives up: on
    /// a busy machine the replica does not answer it in time.
    pub fn fail_over(&self) {
        let before = self.master();
        eventually("another master", || {
            // In this order: what has ended by now has changed the master by now, if ever.
            let under_way = flags(&self.sentinels[0]).contains("failover_in_progress");
            let master = self.master_seen_by(0);
            if !under_way && master == Some(before) {
                let words = ["SENTINEL", "FAILOVER", MASTER_NAME];
                let _: Option<String> = self.sentinels[0].try_run(&words);
            }
            master.is_some_and(|now| now != before)
        });
    }

    /// Waits until every running sentinel names another master than this one, and that one agrees.
    ///
    /// # Panics
    /// They do not within two minutes.
    pub fn wait_until_replaced(&self, old: usize) {
        eventually("a new master", || {
            let running = (0..SENTINELS).filter(|node| self.sentinels[*node].is_running());
            let mut masters = running.map(|sentinel| self.master_seen_by(sentinel));
            masters.all(|master| {
                master.is_some_and(|master| {
                    master != old && self.data[master].info("replication", "role") == "master"
                })
            })
        });
    }

    /// Waits until the running sentinels know each other, and the running replicas follow.
    ///
    /// # Panics
    /// They do not within two minutes.
    pub fn wait_until_ok(&self) {
        let is_so = || {
            let master = self.master();
            let mut running = self.sentinels.iter().filter(|node| node.is_running());
            running.all(sees_everybody)
                && self
                    .data
                    .iter()
                    .enumerate()
                    .all(|(index, node)| !node.is_running() || index == master || follows(node))
        };
        eventually_or("the sentinels agree", is_so, || self.logs());
        self.wait_for_silent_servers(PATIENT);
    }
}

fn sees_everybody(sentinel: &Node) -> bool {
    let facts = facts(sentinel);
    let is = |name: &str, value: &str| facts.get(name).is_some_and(|fact| fact == value);
    is("flags", "master")
        && is("num-slaves", "1")
        && is("num-other-sentinels", &(SENTINELS - 1).to_string())
}

/// What a sentinel thinks of the master's state.
fn flags(sentinel: &Node) -> String {
    facts(sentinel).remove("flags").unwrap_or_default()
}

/// What a sentinel knows about the master; nothing when it does not answer.
fn facts(sentinel: &Node) -> HashMap<String, String> {
    let words = ["SENTINEL", "MASTER", MASTER_NAME];
    sentinel.try_run(&words).unwrap_or_default()
}

fn follows(node: &Node) -> bool {
    node.info("replication", "master_link_status") == "up"
}
