//! A store seen from outside: its statistics, and the health of its servers.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use redis::{ConnectionAddr, ConnectionInfo};

use super::Store;
use crate::client::Topology;
use crate::client::config::Address;
use crate::client::node::Node;
use crate::health::{Health, Limits, Probe};
use crate::observe::Stats;

impl Store {
    /// What it has to do at the moment: requests under way and waiting, and what became of its connections.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let nodes = self.0.topology.nodes();
        let stats = nodes.iter().map(|node| {
            let mut stats = node.stats();
            stats.idle_dedicated = self.0.idle.count(node);
            stats
        });
        Stats {
            nodes: stats.collect(),
        }
    }

    /// How its servers are: see [`health`](crate::health). Opens connections of its own, so that it neither
    /// waits for others nor holds them up.
    ///
    /// Every server that the store uses is examined: those of its databases, the primaries of a cluster, a
    /// master that sentinels watch and, as servers that are only read from, its replicas. The key that is
    /// written, for ten seconds, is called `redis-schema:health` behind the prefix that the schema's keys
    /// share.
    pub async fn health(&self) -> Health {
        self.health_within(Limits::default()).await
    }

    /// As [`health`](Self::health), with other limits.
    pub async fn health_within(&self, limits: Limits) -> Health {
        let mut key = self.0.observer.prefix(&self.0.settings).to_vec();
        key.extend_from_slice(b"redis-schema:health");
        let examined = self.servers().into_iter().map(|(client, is_replica)| {
            let mut limits = limits.clone();
            limits.read_only |= is_replica;
            let probe = Probe::of(client).key(key.clone()).limits(limits);
            async move { probe.run().await.nodes }
        });
        let nodes = join_all(examined).await;
        Health {
            nodes: nodes.into_iter().flatten().collect(),
        }
    }

    /// A client for each server, and whether it is a replica.
    fn servers(&self) -> Vec<(redis::Client, bool)> {
        let mut nodes = self.0.topology.nodes();
        let mut seen = BTreeSet::new();
        nodes.retain(|node| seen.insert(node.endpoint().address.describe()));
        let watched = matches!(*self.0.topology, Topology::Sentinel(_));
        if matches!(*self.0.topology, Topology::Cluster(_)) {
            // Any of them knows the others.
            nodes.truncate(1);
        }
        let clients = nodes.iter().enumerate().filter_map(|(at, node)| {
            let client = redis::Client::open(self.info(node)).ok()?;
            // The master comes first.
            Some((client, watched && at > 0))
        });
        let clients: Vec<_> = clients.collect();
        if clients.is_empty() {
            return vec![(self.0.client.clone(), false)];
        }
        clients
    }

    /// How redis-rs reaches a server of ours.
    fn info(&self, node: &Node) -> ConnectionInfo {
        let main = self.0.client.get_connection_info();
        let endpoint = node.endpoint();
        let addr = match (&endpoint.address, main.addr()) {
            (Address::Unix(path), _) => ConnectionAddr::Unix(path.clone()),
            (
                Address::Tcp { host, port },
                ConnectionAddr::TcpTls {
                    insecure,
                    tls_params,
                    ..
                },
            ) if endpoint.tls.is_some() => ConnectionAddr::TcpTls {
                host: host.clone(),
                port: *port,
                insecure: *insecure,
                tls_params: tls_params.clone(),
            },
            (Address::Tcp { host, port }, _) => ConnectionAddr::Tcp(host.clone(), *port),
        };
        let login = node.login();
        let mut settings = redis::RedisConnectionInfo::default()
            .set_db(i64::from(login.database))
            .set_protocol(main.redis_settings().protocol());
        if let Some(user) = &login.user {
            settings = settings.set_username(&**user);
        }
        if let Some(password) = &login.password {
            settings = settings.set_password(password.expose());
        }
        main.clone().set_addr(addr).set_redis_settings(settings)
    }
}
