//! A cluster of its own for a test: three primaries with a replica each, on loopback ports.
//!
//! Clusters and sets of sentinels take turns, also across processes: a test has one at a time.

mod moves;

use redis::Value;

use crate::alone::Turn;
use crate::node::{Node, eventually};
use crate::{Certificates, FaultProxy, Protocol, free_port};

/// Slots of a cluster.
const SLOTS: u16 = 16_384;
/// Primaries; there are as many replicas.
const PRIMARIES: usize = 3;

/// Milliseconds after which nodes take a silent one for dead, while none is: a busy machine must not look like
/// one, because a fail-over that nobody asked for loses what a replica has not been told yet.
const PATIENT: &str = "600000";
/// The same once a test has killed one, and waits for what follows.
const QUICK: &str = "2000";

/// A running cluster. Its processes end with it.
#[derive(Debug)]
pub struct Cluster {
    nodes: Vec<Node>,
    proxies: Vec<FaultProxy>,
    _turn: Turn,
}

/// What a client is told of a range of slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shard {
    /// The first slot.
    pub first: u16,
    /// The last slot.
    pub last: u16,
    /// Which node is its primary.
    pub primary: usize,
    /// Which nodes are its replicas.
    pub replicas: Vec<usize>,
}

impl Cluster {
    /// Starts a cluster and waits until every node says that it works.
    ///
    /// # Panics
    /// There is no `redis-server`, or the nodes do not agree in time.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// As [`start`](Self::start), with more arguments for every server.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    #[must_use]
    pub fn start_with(arguments: &[&str]) -> Self {
        Self::build(arguments, false, None)
    }

    /// As [`start`](Self::start), with a [`FaultProxy`] in front of each node: clients that ask the cluster
    /// are told the proxies' ports.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    #[must_use]
    pub fn start_behind_proxies() -> Self {
        Self::build(&[], true, None)
    }

    /// As [`start`](Self::start), with encrypted connections for clients, who are asked for a certificate,
    /// and among the nodes; for the test itself, plain ones besides.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    #[must_use]
    pub fn start_secure(certificates: &Certificates) -> Self {
        Self::build(&["--tls-cluster", "yes"], false, Some(certificates))
    }

    fn build(
        arguments: &[&str],
        behind_proxies: bool,
        certificates: Option<&Certificates>,
    ) -> Self {
        let turn = Turn::take();
        let mut nodes: Vec<Node> = (0..2 * PRIMARIES).map(|_| node(arguments)).collect();
        let mut proxies = Vec::new();
        if let Some(certificates) = certificates {
            nodes.iter_mut().for_each(|node| node.secure(certificates));
        }
        if behind_proxies {
            for node in &mut nodes {
                let proxy = FaultProxy::start(node.port());
                node.announce(proxy.port());
                node.arguments(&["--cluster-announce-port", &proxy.port().to_string()]);
                proxies.push(proxy);
            }
        }
        nodes.iter_mut().for_each(Node::spawn);
        nodes.iter_mut().for_each(Node::wait);
        let cluster = Self {
            nodes,
            proxies,
            _turn: turn,
        };
        cluster.join();
        cluster
    }

    /// Makes one cluster out of six strangers.
    fn join(&self) {
        for (index, node) in self.nodes.iter().enumerate() {
            let epoch = (index + 1).to_string();
            node.run::<()>(&["CLUSTER", "SET-CONFIG-EPOCH", &epoch]);
            if index < PRIMARIES {
                let (first, last) = range(index);
                let (first, last) = (first.to_string(), last.to_string());
                node.run::<()>(&["CLUSTER", "ADDSLOTSRANGE", &first, &last]);
            }
        }
        // Everybody meets everybody: gossip alone takes seconds.
        for (index, node) in self.nodes.iter().enumerate() {
            for other in &self.nodes[index + 1..] {
                let (port, bus) = (other.port().to_string(), bus(other));
                node.run::<()>(&["CLUSTER", "MEET", "127.0.0.1", &port, &bus]);
            }
        }
        for (index, node) in self.nodes.iter().enumerate().skip(PRIMARIES) {
            let primary = self.id(index - PRIMARIES);
            eventually("a replica knows its primary", || {
                node.try_run::<()>(&["CLUSTER", "REPLICATE", &primary])
                    .is_some()
            });
        }
        self.wait_until_ok();
    }

    /// The nodes; the first three began as primaries, the others as replicas of them in the same order.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The proxies, in the order of the nodes; none unless it was started so.
    #[must_use]
    pub fn proxies(&self) -> &[FaultProxy] {
        &self.proxies
    }

    /// Where to find the nodes, for a client.
    #[must_use]
    pub fn urls(&self, protocol: Protocol) -> Vec<String> {
        self.nodes.iter().map(|node| node.url(protocol)).collect()
    }

    /// Name of a node inside the cluster.
    ///
    /// # Panics
    /// It does not run.
    #[must_use]
    pub fn id(&self, node: usize) -> String {
        self.nodes[node].run(&["CLUSTER", "MYID"])
    }

    /// Who serves what, in the eyes of a node, ordered by slot.
    #[must_use]
    pub fn shards_seen_by(&self, node: usize) -> Vec<Shard> {
        let reply = self.nodes[node].try_run(&["CLUSTER", "SLOTS"]);
        let Some(Value::Array(rows)) = reply else {
            return Vec::new();
        };
        let mut shards: Vec<Shard> = rows.into_iter().filter_map(|row| self.shard(row)).collect();
        shards.sort_by_key(|shard| shard.first);
        shards
    }

    /// Who serves what, in the eyes of the first node that runs.
    ///
    /// # Panics
    /// No node runs.
    #[must_use]
    pub fn shards(&self) -> Vec<Shard> {
        let node = self.nodes.iter().position(Node::is_running);
        self.shards_seen_by(node.expect("a running node"))
    }

    fn shard(&self, row: Value) -> Option<Shard> {
        let Value::Array(row) = row else { return None };
        let [first, last, nodes @ ..] = row.as_slice() else {
            return None;
        };
        let number = |value: &Value| redis::from_redis_value::<u16>(value.clone()).ok();
        let mut nodes = nodes.iter().filter_map(|node| {
            let Value::Array(node) = node else {
                return None;
            };
            let port = number(node.get(1)?)?;
            self.nodes.iter().position(|node| node.announced() == port)
        });
        Some(Shard {
            first: number(first)?,
            last: number(last)?,
            primary: nodes.next()?,
            replicas: nodes.collect(),
        })
    }

    /// Which node serves a slot, once all running nodes agree on it: after a quick series of moves some may
    /// believe for a moment what was said before.
    ///
    /// # Panics
    /// They do not agree in time.
    #[must_use]
    pub fn owner(&self, slot: u16) -> usize {
        let mut owner = None;
        eventually("the nodes agree on a slot", || {
            let running = (0..self.nodes.len()).filter(|node| self.nodes[*node].is_running());
            let mut owners = running.map(|node| self.owner_seen_by(node, slot));
            owner = owners.next().flatten();
            owner.is_some() && owners.all(|other| other == owner)
        });
        owner.expect("a node that serves the slot")
    }

    fn owner_seen_by(&self, node: usize, slot: u16) -> Option<usize> {
        let shards = self.shards_seen_by(node);
        let mut shards = shards.iter();
        let shard = shards.find(|shard| (shard.first..=shard.last).contains(&slot));
        shard.map(|shard| shard.primary)
    }

    /// Waits until every running node says that the cluster works and has a part in it, they agree on who
    /// serves what, and every running replica follows its primary.
    ///
    /// # Panics
    /// They do not within two minutes.
    pub fn wait_until_ok(&self) {
        let running: Vec<usize> = (0..self.nodes.len())
            .filter(|index| self.nodes[*index].is_running())
            .collect();
        eventually("the nodes agree", || {
            let seen: Vec<Vec<Shard>> = running
                .iter()
                .map(|index| self.agreed(*index, &running))
                .collect();
            let mut all = seen.iter();
            let first = all.next().filter(|shards| is_complete(shards));
            first.is_some_and(|first| all.all(|shards| shards == first) && holds(first, &running))
                && running.iter().all(|index| self.is_ok(*index))
        });
        self.wait_for_silent_nodes(PATIENT);
        for node in self.nodes.iter().filter(|node| node.is_running()) {
            node.run::<()>(&["CONFIG", "SET", "cluster-replica-no-failover", "no"]);
        }
    }

    /// Waits until every running replica has what its primary has.
    ///
    /// # Panics
    /// They have not within two minutes.
    pub fn wait_until_copied(&self) {
        for shard in self.shards() {
            let primary = &self.nodes[shard.primary];
            for replica in shard.replicas.iter().map(|node| &self.nodes[*node]) {
                eventually("the replica has it all", || {
                    !replica.is_running() || replica.has_all_of(primary)
                });
            }
        }
    }

    /// How long the running nodes wait for a silent one from now on.
    fn wait_for_silent_nodes(&self, milliseconds: &str) {
        for node in self.nodes.iter().filter(|node| node.is_running()) {
            node.run::<()>(&["CONFIG", "SET", "cluster-node-timeout", milliseconds]);
        }
    }

    /// The running nodes of each shard, replicas in order.
    fn agreed(&self, node: usize, running: &[usize]) -> Vec<Shard> {
        let mut shards = self.shards_seen_by(node);
        for shard in &mut shards {
            shard.replicas.retain(|replica| running.contains(replica));
            shard.replicas.sort_unstable();
        }
        shards
    }

    fn is_ok(&self, node: usize) -> bool {
        let node = &self.nodes[node];
        let info: String = node.try_run(&["CLUSTER", "INFO"]).unwrap_or_default();
        let follows = || {
            node.info("replication", "role") == "master"
                || node.info("replication", "master_link_status") == "up"
        };
        info.contains("cluster_state:ok") && follows()
    }
}

/// Whether every slot is served, by a primary with or without replicas.
fn is_complete(shards: &[Shard]) -> bool {
    let mut next = 0;
    for shard in shards {
        if u32::from(shard.first) != next {
            return false;
        }
        next = u32::from(shard.last) + 1;
    }
    next == u32::from(SLOTS)
}

/// Whether each of the nodes has its place.
fn holds(shards: &[Shard], nodes: &[usize]) -> bool {
    nodes.iter().all(|node| {
        let mut shards = shards.iter();
        shards.any(|shard| shard.primary == *node || shard.replicas.contains(node))
    })
}

/// The slots of a primary at the start.
fn range(primary: usize) -> (u16, u16) {
    let edge = |index: usize| u16::try_from(index * usize::from(SLOTS) / PRIMARIES).expect("slot");
    (edge(primary), edge(primary + 1) - 1)
}

fn node(arguments: &[&str]) -> Node {
    let mut node = Node::new(&["--save", "", "--appendonly", "no", "--daemonize", "no"]);
    let bus = free_port().to_string();
    node.arguments(&["--cluster-enabled", "yes", "--cluster-port", &bus]);
    std::fs::write(node.file("bus"), &bus).expect("file");
    node.arguments(&["--cluster-announce-ip", "127.0.0.1"]);
    // Those who are not patient tell each other more often who they are; nobody is replaced for that yet.
    node.arguments(&["--cluster-node-timeout", QUICK]);
    node.arguments(&["--cluster-replica-no-failover", "yes"]);
    node.arguments(&["--cluster-replica-validity-factor", "0"]);
    // A replica is told of to clients only when something has come from its primary.
    node.arguments(&["--repl-ping-replica-period", "1"]);
    node.arguments(&["--repl-diskless-sync-delay", "0"]);
    node.arguments(arguments);
    node
}

/// The port on which nodes talk to each other.
fn bus(node: &Node) -> String {
    std::fs::read_to_string(node.file("bus")).expect("file")
}
