//! Examines a server, or every primary of a cluster.

use std::time::Instant;

use futures_util::future::join_all;
use redis::aio::MultiplexedConnection;
use redis::{Client, ConnectionAddr, ErrorKind, RedisResult};

use super::check::{self, Server, failed};
use super::info::Info;
use super::limits::Limits;
use super::report::{Check, Health, NodeHealth, State, micros};
use super::slots::{Primary, key_in, primaries};
use crate::error::Result;

/// Examines one server; behind a node of a cluster, every primary.
#[derive(Debug, Clone)]
pub struct Probe {
    client: Client,
    key: Vec<u8>,
    limits: Limits,
}

impl Probe {
    /// A probe of the server at `url`.
    ///
    /// # Errors
    /// The URL is malformed; the message does not repeat it.
    pub fn new(url: &str) -> Result<Self> {
        crate::address::client(url).map(Self::of)
    }

    pub(crate) fn of(client: Client) -> Self {
        Self {
            client,
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

    /// The client that it examines with, for what this crate does not cover.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Runs every check. Takes no longer than three times the time-out of a check, and the time that evictions
    /// are watched.
    pub async fn run(&self) -> Health {
        let (first, connection) = match self.connect(&self.client).await {
            Ok(opened) => opened,
            Err(node) => return Health { nodes: vec![*node] },
        };
        let Some(cluster) = self.cluster(&connection).await else {
            let server = self.server(self.client.clone(), connection, self.key.clone(), false);
            return Health {
                nodes: vec![finished(first, &server).await],
            };
        };
        let nodes = cluster.iter().map(|primary| self.member(primary));
        Health {
            nodes: join_all(nodes).await,
        }
    }

    /// The primaries of the cluster; `None` when the server is in none, or does not tell: then the checks say
    /// why it is silent.
    async fn cluster(&self, connection: &MultiplexedConnection) -> Option<Vec<Primary>> {
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
            tokio::time::timeout(self.limits.timeout, ask).await.ok()?;
        let reply = asked.ok()??;
        let found = primaries(&reply, host(self.client.get_connection_info().addr()));
        (!found.is_empty()).then_some(found)
    }

    /// One primary of a cluster.
    async fn member(&self, primary: &Primary) -> NodeHealth {
        let info = self.client.get_connection_info().clone();
        let addr = at(info.addr(), primary);
        let client = match Client::open(info.set_addr(addr)) {
            Ok(client) => client,
            Err(error) => {
                return NodeHealth {
                    address: format!("{}:{}", primary.host, primary.port),
                    answered: false,
                    checks: vec![failed("connect", State::Down, error)],
                };
            }
        };
        match self.connect(&client).await {
            Ok((node, connection)) => {
                let key = key_in(&self.key, primary.slots);
                finished(node, &self.server(client, connection, key, true)).await
            }
            Err(node) => *node,
        }
    }

    fn server(
        &self,
        client: Client,
        connection: MultiplexedConnection,
        key: Vec<u8>,
        cluster: bool,
    ) -> Server {
        Server {
            client,
            connection,
            limits: self.limits.clone(),
            key,
            cluster,
        }
    }

    /// Opens a connection; what that has shown is the first check.
    async fn connect(
        &self,
        client: &Client,
    ) -> std::result::Result<(NodeHealth, MultiplexedConnection), Box<NodeHealth>> {
        let started = Instant::now();
        let opened = check::open(client, self.limits.timeout).await;
        let took = started.elapsed();
        let node = |answered, mut check: Check| {
            check.took = took;
            NodeHealth {
                address: client.get_connection_info().addr().to_string(),
                answered,
                checks: vec![check],
            }
        };
        match opened {
            Ok(connection) => {
                let mut check = Check::new("connect");
                check.fact("took_us", micros(took));
                Ok((node(true, check), connection))
            }
            Err(error) => {
                // Whoever says no is there.
                let answered =
                    error.code().is_some() || error.kind() == ErrorKind::AuthenticationFailed;
                Err(Box::new(node(
                    answered,
                    failed("connect", State::Down, error),
                )))
            }
        }
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

fn host(addr: &ConnectionAddr) -> &str {
    match addr {
        ConnectionAddr::Tcp(host, _) | ConnectionAddr::TcpTls { host, .. } => host,
        _ => "localhost",
    }
}

/// The same way of connecting, to another node.
fn at(addr: &ConnectionAddr, primary: &Primary) -> ConnectionAddr {
    match addr {
        ConnectionAddr::TcpTls {
            insecure,
            tls_params,
            ..
        } => ConnectionAddr::TcpTls {
            host: primary.host.clone(),
            port: primary.port,
            insecure: *insecure,
            tls_params: tls_params.clone(),
        },
        _ => ConnectionAddr::Tcp(primary.host.clone(), primary.port),
    }
}
