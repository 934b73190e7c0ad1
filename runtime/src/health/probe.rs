//! Examines a server, or every primary of a cluster.

use std::time::Instant;

use futures_util::future::join_all;
use redis::{ProtocolVersion, RedisResult};

use super::check::{self, Server, unconnected};
use super::info::Info;
use super::limits::Limits;
use super::reach::Reach;
use super::report::{Check, Health, NodeHealth, micros};
use super::slots::{Primary, key_in, primaries};
use crate::access::Access;
use crate::client::Topology;
use crate::client::failure::Cause;
use crate::client::node::Node;
use crate::error::Result;
use crate::store::SharedConnection;

/// Examines one server; behind a node of a cluster, every primary; behind sentinels, the master and the
/// replicas that they name.
#[derive(Debug, Clone)]
pub struct Probe {
    servers: Servers,
    key: Vec<u8>,
    limits: Limits,
}

/// What is examined.
#[derive(Debug, Clone)]
enum Servers {
    /// One that is known.
    One(Box<Reach>),
    /// Those that are found at an address.
    Found(Box<Access>),
}

/// What a server says that it is part of.
enum Found {
    /// A cluster with these primaries.
    Primaries(Vec<Primary>),
    /// No cluster.
    Alone,
    /// It does not say.
    Nothing,
}

impl Probe {
    /// A probe of the servers at `url`, of any form that [`StoreBuilder::url`](crate::StoreBuilder::url)
    /// takes. [`Access::probe`] is for those that ask for more than an address can say.
    ///
    /// # Errors
    /// The URL is malformed; the message does not repeat it.
    pub fn new(url: &str) -> Result<Self> {
        Access::new(url).probe()
    }

    /// Of servers whose address is known to be right.
    pub(crate) fn at(access: Access) -> Self {
        Self::with(Servers::Found(Box::new(access)))
    }

    /// Of a server that somebody else uses.
    pub(crate) fn of(node: &Node, protocol: ProtocolVersion) -> Self {
        Self::with(Servers::One(Box::new(Reach::of(node, protocol))))
    }

    fn with(servers: Servers) -> Self {
        Self {
            servers,
            key: b"redis-schema:health".to_vec(),
            limits: Limits::default(),
        }
    }

    /// Sets from where on a finding counts.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the key that the write check writes; it lives for ten seconds. Default: `redis-schema:health`.
    #[must_use]
    pub fn key(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.key = key.into();
        self
    }

    /// Runs every check. Takes no longer than three times the time-out of a check, and the time that evictions
    /// are watched; behind several sentinels or nodes of a cluster of which some are gone, the time of a
    /// check more for each of these.
    pub async fn run(&self) -> Health {
        let access = match &self.servers {
            Servers::One(reach) => return self.examine(reach, false).await,
            Servers::Found(access) => access.clone().timeout(self.limits.timeout),
        };
        match access.topology() {
            Ok((topology, tuning)) => self.look(&topology, tuning.protocol).await,
            Err(error) => {
                let cause = Cause::Unusable(error.to_string().into());
                Health {
                    nodes: vec![silent(String::new(), cause)],
                }
            }
        }
    }

    /// Examines what is found at an address.
    async fn look(&self, topology: &Topology, protocol: ProtocolVersion) -> Health {
        let mut health = Health { nodes: Vec::new() };
        match topology {
            Topology::Single(single) => {
                for node in single.nodes() {
                    health = self.examine(&Reach::of(node, protocol), false).await;
                }
            }
            // Any of them knows the others.
            Topology::Cluster(cluster) => {
                for node in cluster.seeds() {
                    health = self.examine(&Reach::of(node, protocol), true).await;
                    if health.is_live() {
                        break;
                    }
                }
            }
            Topology::Sentinel(sentinel) => {
                if let Err(cause) = topology.open(None).await
                    && topology.nodes().is_empty()
                {
                    let mut node = silent(sentinel.describe(), cause);
                    let mut reasons = node.checks.iter_mut().flat_map(|check| &mut check.reasons);
                    if let Some(denied) = reasons.find(|reason| reason.code == "denied") {
                        denied.message += "; sentinels may ask for a password of their own";
                    }
                    health.nodes = vec![node];
                    return health;
                }
                let nodes = topology.nodes();
                let examined = nodes.iter().enumerate().map(|(at, node)| {
                    let mut probe = self.clone();
                    // The master comes first.
                    probe.limits.read_only |= at > 0;
                    async move { probe.examine(&Reach::of(node, protocol), false).await.nodes }
                });
                health.nodes = join_all(examined).await.into_iter().flatten().collect();
            }
        }
        topology.close().await;
        health
    }

    /// Examines one server, or the cluster that it is part of, which it must be if it was named as one.
    async fn examine(&self, reach: &Reach, as_cluster: bool) -> Health {
        let (first, connection) = match self.connect(reach).await {
            Ok(opened) => opened,
            Err(node) => return Health { nodes: vec![*node] },
        };
        let found = self.cluster(reach, &connection).await;
        let Found::Primaries(cluster) = found else {
            let server = self.server(reach.clone(), connection, self.key.clone(), false);
            let mut node = finished(first, &server).await;
            if as_cluster && matches!(found, Found::Alone) {
                let last = node.checks.iter().position(|check| check.name == "clock");
                let at = last.unwrap_or(node.checks.len());
                node.checks.insert(at, check::no_cluster());
            }
            return Health { nodes: vec![node] };
        };
        let nodes = cluster.iter().map(|primary| self.member(reach, primary));
        Health {
            nodes: join_all(nodes).await,
        }
    }

    /// What the server is part of; where it does not tell, the checks say why it is silent.
    async fn cluster(&self, reach: &Reach, connection: &SharedConnection) -> Found {
        let mut connection = connection.clone();
        let ask = async {
            let mut info = redis::cmd("INFO");
            let info: String = info.arg("cluster").query_async(&mut connection).await?;
            if !Info::new(info).is_on("cluster_enabled") {
                return Ok(None);
            }
            let mut slots = redis::cmd("CLUSTER");
            slots
                .arg("SLOTS")
                .query_async(&mut connection)
                .await
                .map(Some)
        };
        let asked: RedisResult<Option<redis::Value>> =
            tokio::time::timeout(self.limits.timeout, ask)
                .await
                .unwrap_or(Ok(Some(redis::Value::Nil)));
        match asked {
            Ok(None) => Found::Alone,
            Ok(Some(reply)) => match primaries(&reply, reach.host()) {
                none if none.is_empty() => Found::Nothing,
                primaries => Found::Primaries(primaries),
            },
            Err(_) => Found::Nothing,
        }
    }

    /// One primary of a cluster.
    async fn member(&self, asked: &Reach, primary: &Primary) -> NodeHealth {
        let reach = asked.member(primary);
        match self.connect(&reach).await {
            Ok((node, connection)) => {
                let key = key_in(&self.key, primary.slots);
                finished(node, &self.server(reach, connection, key, true)).await
            }
            Err(node) => *node,
        }
    }

    fn server(
        &self,
        reach: Reach,
        connection: SharedConnection,
        key: Vec<u8>,
        cluster: bool,
    ) -> Server {
        Server {
            reach,
            connection,
            limits: self.limits.clone(),
            key,
            cluster,
        }
    }

    /// Opens a connection; what that has shown is the first check.
    async fn connect(
        &self,
        reach: &Reach,
    ) -> std::result::Result<(NodeHealth, SharedConnection), Box<NodeHealth>> {
        let started = Instant::now();
        let opened = reach.connect(self.limits.timeout).await;
        let took = started.elapsed();
        match opened {
            Ok(connection) => {
                let mut check = Check::new("connect");
                check.fact("took_us", micros(took));
                check.took = took;
                let node = NodeHealth {
                    address: reach.address(),
                    answered: true,
                    checks: vec![check],
                };
                Ok((node, connection))
            }
            Err(cause) => {
                let mut node = silent(reach.address(), cause);
                node.checks.iter_mut().for_each(|check| check.took = took);
                Err(Box::new(node))
            }
        }
    }
}

/// A server that no connection was made to.
fn silent(address: String, cause: Cause) -> NodeHealth {
    NodeHealth {
        address,
        // Whoever says no is there.
        answered: matches!(cause, Cause::Refused(_)),
        checks: vec![unconnected(cause)],
    }
}

/// The server's checks behind the first one.
async fn finished(mut node: NodeHealth, server: &Server) -> NodeHealth {
    let checks = check::all(server).await;
    let silent = ["timeout", "unreachable"];
    let is_silent = |check: &Check| {
        check.name == "ping"
            && check
                .reasons
                .iter()
                .any(|reason| silent.contains(&reason.code))
    };
    node.answered = !checks.iter().any(is_silent);
    node.checks.extend(checks);
    node
}
