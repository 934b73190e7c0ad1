//! The servers of a cluster, and which of them serves which slot at the moment.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};

use super::keys::Place;
use super::slot::SLOTS;
use super::table::Range;
use crate::client::fleet::Name;
use crate::client::node::Node;

/// No shard.
const NONE: u16 = u16::MAX;

/// The servers, and who serves what. Replaced as a whole when the cluster is asked again; single slots are
/// corrected in place.
#[derive(Debug)]
pub(crate) struct Map {
    /// Grows with every replacement.
    pub(crate) generation: u64,
    shards: Vec<Shard>,
    /// The shard of each slot.
    slots: Box<[AtomicU16]>,
}

/// A primary and its replicas.
#[derive(Debug)]
struct Shard {
    primary: Server,
    replicas: Vec<Server>,
    /// Which replica is next.
    turn: AtomicUsize,
}

/// A server and the connection to it.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) name: Name,
    pub(crate) node: Arc<Node>,
}

/// What a connection to a server is for: replicas answer reads only on connections that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Primary,
    Replica,
}

impl Map {
    /// Nobody is known yet.
    pub(crate) fn empty() -> Self {
        Self {
            generation: 0,
            shards: Vec::new(),
            slots: (0..SLOTS).map(|_| AtomicU16::new(NONE)).collect(),
        }
    }

    /// The map that a server has told. Connections to servers that were known before are kept.
    pub(crate) fn next(&self, ranges: &[Range], connect: impl Fn(&Name, Role) -> Node) -> Self {
        let mut known: BTreeMap<(Name, Role), Arc<Node>> = BTreeMap::new();
        for shard in &self.shards {
            let primary = (&shard.primary, Role::Primary);
            let replicas = shard.replicas.iter().map(|server| (server, Role::Replica));
            for (server, role) in replicas.chain([primary]) {
                known.insert((server.name.clone(), role), Arc::clone(&server.node));
            }
        }
        let mut server = |name: &Name, role| {
            let node = known
                .entry((name.clone(), role))
                .or_insert_with(|| Arc::new(connect(name, role)));
            Server {
                name: name.clone(),
                node: Arc::clone(node),
            }
        };
        let mut next = Self::empty();
        next.generation = self.generation + 1;
        for range in ranges {
            let at = next
                .shards
                .iter()
                .position(|shard| shard.primary.name == range.primary)
                .unwrap_or_else(|| {
                    let replicas = range.replicas.iter();
                    next.shards.push(Shard {
                        primary: server(&range.primary, Role::Primary),
                        replicas: replicas.map(|name| server(name, Role::Replica)).collect(),
                        turn: AtomicUsize::new(0),
                    });
                    next.shards.len() - 1
                });
            let at = u16::try_from(at).unwrap_or(NONE);
            for slot in range.first..=range.last {
                if let Some(place) = next.slots.get(usize::from(slot)) {
                    place.store(at, Ordering::Relaxed);
                }
            }
        }
        next
    }

    fn shard(&self, slot: u16) -> Option<&Shard> {
        let at = self.slots.get(usize::from(slot))?.load(Ordering::Relaxed);
        self.shards.get(usize::from(at))
    }

    /// The primary of a slot.
    pub(crate) fn primary(&self, slot: u16) -> Option<&Server> {
        self.shard(slot).map(|shard| &shard.primary)
    }

    /// A server that may answer a read of a slot: its replicas in turn, those first that are connected; the
    /// primary if it has none.
    pub(crate) fn reader(&self, slot: u16) -> Option<&Server> {
        let shard = self.shard(slot)?;
        let count = shard.replicas.len();
        if count == 0 {
            return Some(&shard.primary);
        }
        let turn = shard.turn.fetch_add(1, Ordering::Relaxed);
        let in_turn = (0..count).map(|step| &shard.replicas[(turn + step) % count]);
        let mut open = in_turn.clone().filter(|server| server.node.is_open());
        open.next().or_else(|| in_turn.clone().next())
    }

    /// A server for a place.
    pub(crate) fn server(&self, place: Place, replica_ok: bool) -> Option<&Server> {
        match place {
            Place::Slot(slot) if replica_ok => self.reader(slot),
            Place::Slot(slot) => self.primary(slot),
            Place::Anywhere => {
                let count = self.shards.len();
                self.primaries().nth(fastrand::usize(..count.max(1)))
            }
            Place::Several => None,
        }
    }

    /// Every primary, in the order of their slots.
    pub(crate) fn primaries(&self) -> impl Iterator<Item = &Server> {
        self.shards.iter().map(|shard| &shard.primary)
    }

    /// Every primary that serves something, in the order of their slots, with the first of these.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&Server, u16)> {
        let slots = || self.slots.iter().zip(0..);
        (0..).zip(&self.shards).filter_map(move |(at, shard)| {
            let mut own = slots().filter(|(place, _)| place.load(Ordering::Relaxed) == at);
            own.next().map(|(_, slot)| (&shard.primary, slot))
        })
    }

    /// Every server.
    pub(crate) fn servers(&self) -> impl Iterator<Item = &Server> {
        self.shards
            .iter()
            .flat_map(|shard| std::iter::once(&shard.primary).chain(&shard.replicas))
    }

    /// Notes that another primary serves a slot; `false` when that server is not known as a primary.
    pub(crate) fn assign(&self, slot: u16, name: &Name) -> bool {
        let at = self
            .shards
            .iter()
            .position(|shard| shard.primary.name == *name);
        match (
            at.and_then(|at| u16::try_from(at).ok()),
            self.slots.get(usize::from(slot)),
        ) {
            (Some(at), Some(place)) => {
                place.store(at, Ordering::Relaxed);
                true
            }
            _ => false,
        }
    }

    /// The connection to a primary.
    pub(crate) fn named(&self, name: &Name) -> Option<&Server> {
        self.primaries().find(|server| server.name == *name)
    }
}
