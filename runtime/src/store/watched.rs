//! A store seen from outside: its statistics, and the health of its servers.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::future::join_all;

use super::Store;
use crate::client::Topology;
use crate::client::node::Node;
use crate::health::{Health, Limits, Probe};
use crate::key::Spec;
use crate::observe::Stats;

impl Store {
    /// What it has to do at the moment: requests under way and waiting, and what became of its connections.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let nodes = self.0.topology.nodes();
        let stats = nodes.iter().map(|node| {
            let mut stats = node.stats();
            stats.idle_dedicated = self.0.own.idle(node);
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

    /// As [`health`](Self::health), with other limits. Keys of the schema that are declared durable are added to
    /// those that their server may not evict.
    pub async fn health_within(&self, limits: Limits) -> Health {
        let mut key = self.0.observer.prefix(&self.0.settings).to_vec();
        key.extend_from_slice(b"redis-schema:health");
        let protocol = self.0.tuning.protocol;
        let examined = self.servers().into_iter().map(|(node, is_replica)| {
            let mut limits = limits.clone();
            limits.read_only |= is_replica;
            limits.durable.add_all(self.lying_on(&node));
            let probe = Probe::of(&node, protocol).key(key.clone()).limits(limits);
            async move { probe.run().await.nodes }
        });
        let nodes = join_all(examined).await;
        Health {
            nodes: nodes.into_iter().flatten().collect(),
        }
    }

    /// The kinds of keys that lie on a server.
    fn lying_on<'n>(&self, node: &'n Node) -> impl Iterator<Item = &'static Spec> + use<'n, '_> {
        let of_node = |database: u16| match &*self.0.topology {
            Topology::Single(single) => single.of_database(database).is_some_and(|other| {
                other.endpoint().address.describe() == node.endpoint().address.describe()
            }),
            Topology::Sentinel(_) | Topology::Cluster(_) => true,
        };
        let specs = self.0.observer.specs().iter();
        specs.filter(move |spec| !spec.channel && of_node(spec.database))
    }

    /// The servers, each once, and whether it is a replica.
    fn servers(&self) -> Vec<(Arc<Node>, bool)> {
        let mut nodes = self.0.topology.nodes();
        let mut seen = BTreeSet::new();
        nodes.retain(|node| seen.insert(node.endpoint().address.describe()));
        let watched = matches!(*self.0.topology, Topology::Sentinel(_));
        if matches!(*self.0.topology, Topology::Cluster(_)) {
            // Any of them knows the others.
            nodes.truncate(1);
        }
        let nodes = nodes.into_iter().enumerate();
        // The master comes first.
        nodes.map(|(at, node)| (node, watched && at > 0)).collect()
    }
}
