//! Who is the master at the moment, and who follows it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::client::fleet::Name;
use crate::client::node::Node;
use crate::client::single::Single;
use crate::key::Spec;

/// The servers and their roles. Replaced as a whole.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// Grows with every answer of the sentinels.
    pub(super) generation: u64,
    master: Option<Server>,
    replicas: Vec<Server>,
    /// Which replica is next.
    turn: AtomicUsize,
}

/// A server, with a connection for each database.
#[derive(Debug, Clone)]
struct Server {
    name: Name,
    single: Arc<Single>,
}

impl Roles {
    /// The roles that the sentinels have told. Connections to servers that keep their role are kept.
    pub(super) fn next(
        &self,
        master: &Name,
        replicas: &[Name],
        connect: impl Fn(&Name) -> Single,
    ) -> Self {
        let server = |known: &[Server], name: &Name| {
            let known = known.iter().find(|server| server.name == *name);
            known.cloned().unwrap_or_else(|| Server {
                name: name.clone(),
                single: Arc::new(connect(name)),
            })
        };
        let replicas = replicas.iter();
        Self {
            generation: self.generation + 1,
            master: Some(server(self.master.as_slice(), master)),
            replicas: replicas.map(|name| server(&self.replicas, name)).collect(),
            turn: AtomicUsize::new(0),
        }
    }

    pub(super) fn master(&self) -> Option<&Single> {
        self.master.as_ref().map(|master| &*master.single)
    }

    /// The server for a key: the master, or for a read that may be stale a replica, those first that are
    /// connected.
    pub(super) fn server(&self, spec: &'static Spec, replica_ok: bool) -> Option<&Arc<Node>> {
        let master = || self.master.as_ref()?.single.node(spec).ok();
        let count = self.replicas.len();
        if !replica_ok || count == 0 {
            return master();
        }
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let in_turn = (0..count).map(|step| &self.replicas[(turn + step) % count]);
        let mut nodes = in_turn.filter_map(|server| server.single.node(spec).ok());
        let first = nodes.next()?;
        if first.is_open() {
            return Some(first);
        }
        nodes.find(|node| node.is_open()).or(Some(first))
    }

    /// Every server.
    pub(super) fn all(&self) -> impl Iterator<Item = &Single> {
        let servers = self.master.iter().chain(&self.replicas);
        servers.map(|server| &*server.single)
    }
}
