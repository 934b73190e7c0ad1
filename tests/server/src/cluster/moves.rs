//! What happens to a cluster in its life.

use std::time::{Duration, Instant};

use super::{Cluster, QUICK};
use crate::node::{Node, eventually};

/// After this time a server has given up what it was to take over, and may be asked again.
const GIVEN_UP: Duration = Duration::from_secs(6);
/// Keys moved by one command.
const BATCH: usize = 100;

impl Cluster {
    /// Kills a node as a machine that loses power would. Nothing is waited for.
    pub fn kill(&mut self, node: usize) {
        self.nodes[node].kill();
        self.wait_for_silent_nodes(QUICK);
    }

    /// Starts a killed node again, with what it had noted of the cluster.
    pub fn restart(&mut self, node: usize) {
        self.nodes[node].start();
    }

    /// Waits until another node than this one serves what it served, in the eyes of all.
    ///
    /// # Panics
    /// Nobody takes over within two minutes.
    pub fn wait_until_replaced(&self, killed: usize) {
        eventually("a replica takes over", || {
            let running = (0..self.nodes.len()).filter(|node| self.nodes[*node].is_running());
            running.into_iter().all(|node| {
                let shards = self.shards_seen_by(node);
                !shards.is_empty() && shards.iter().all(|shard| shard.primary != killed)
            })
        });
        self.wait_until_ok();
    }

    /// Makes a replica the primary of its shard in an orderly way, and waits until all know.
    ///
    /// # Panics
    /// It is no replica, or it takes more than two minutes.
    pub fn fail_over_to(&self, replica: usize) {
        let mut asked: Option<Instant> = None;
        eventually("the replica takes over", || {
            if self.nodes[replica].info("replication", "role") == "master" {
                return true;
            }
            // On a busy machine it may have given up.
            if asked.is_none_or(|asked| asked.elapsed() > GIVEN_UP) {
                let reply = self.nodes[replica].try_run::<String>(&["CLUSTER", "FAILOVER"]);
                asked = reply.map(|_| Instant::now());
            }
            false
        });
        self.wait_until_ok();
    }

    /// Gives a slot with all its keys to another primary while clients go on.
    ///
    /// # Panics
    /// A node refuses.
    pub fn migrate(&self, slot: u16, to: usize) {
        let from = self.owner(slot);
        if from == to {
            return;
        }
        self.begin_migration(slot, from, to);
        while self.move_keys(slot, from, to, BATCH) > 0 {}
        self.end_migration(slot, from, to);
    }

    /// From now on the slot's new keys are made on `to`; those that exist stay on `from` until they are
    /// moved. Clients are answered `ASK` and `TRYAGAIN`.
    ///
    /// # Panics
    /// A node refuses.
    pub fn begin_migration(&self, slot: u16, from: usize, to: usize) {
        let text = slot.to_string();
        let (from_id, to_id) = (self.id(from), self.id(to));
        self.nodes[to].run::<()>(&["CLUSTER", "SETSLOT", &text, "IMPORTING", &from_id]);
        self.nodes[from].run::<()>(&["CLUSTER", "SETSLOT", &text, "MIGRATING", &to_id]);
    }

    /// Moves up to so many keys of the slot; returns how many.
    ///
    /// # Panics
    /// A node refuses.
    pub fn move_keys(&self, slot: u16, from: usize, to: usize, count: usize) -> usize {
        let (slot, count) = (slot.to_string(), count.to_string());
        let keys: Vec<Vec<u8>> = self.nodes[from].run(&["CLUSTER", "GETKEYSINSLOT", &slot, &count]);
        if keys.is_empty() {
            return 0;
        }
        let mut command = redis::cmd("MIGRATE");
        command.arg("127.0.0.1").arg(self.nodes[to].port());
        command.arg("").arg(0).arg(60_000).arg("KEYS").arg(&keys);
        // `NOKEY` when clients have deleted them all meanwhile.
        let reply = command.query::<String>(&mut self.nodes[from].connect());
        reply.expect("MIGRATE");
        keys.len()
    }

    /// Tells every primary that the slot has moved.
    ///
    /// # Panics
    /// A node refuses.
    pub fn end_migration(&self, slot: u16, from: usize, to: usize) {
        let (slot, id) = (slot.to_string(), self.id(to));
        let others = (0..self.nodes.len()).filter(|node| *node != from && *node != to);
        for node in [to, from].into_iter().chain(others) {
            let node: &Node = &self.nodes[node];
            if node.is_running() && node.info("replication", "role") == "master" {
                node.run::<()>(&["CLUSTER", "SETSLOT", &slot, "NODE", &id]);
            }
        }
    }
}
