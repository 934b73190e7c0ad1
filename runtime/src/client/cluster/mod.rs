//! A cluster: which server a request goes to, and what to do when that one sends it elsewhere.
//!
//! ```text
//! request ── ready: one slot, its server connected ──> Link           nearly always
//!    │
//!    └────── fleet::settle: taken apart into units ── rounds: units to their servers, all at once
//!                                                        │  refused: MOVED, ASK, TRYAGAIN, LOADING …
//!                                                        └─ again, after a pause, until the time is over
//! ```

pub(crate) mod keys;
mod map;
mod refresh;
pub(crate) mod slot;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::Instant;

use super::config::{Address, Endpoint, Login, TlsSetup, Tuning, WhenDown};
use super::failure::{Cause, Failure};
use super::fleet::{self, Fleet, Name, Roles};
use super::link::Link;
use super::node::Node;
use super::request::{First, Replies, Request};
use crate::error::Result;
use keys::Place;
use map::{Map, Role, Server};

/// A part of the keys: those of one primary, as long as it is one.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) node: Arc<Node>,
    /// One of its slots: whoever serves it has taken over.
    slot: u16,
}

/// A cluster.
#[derive(Debug)]
pub(crate) struct Cluster {
    /// Servers to ask when nobody else is known.
    seeds: Vec<Server>,
    map: RwLock<Arc<Map>>,
    /// Primaries that serve no slot yet: slots may be on their way to them.
    strangers: Mutex<BTreeMap<Name, Arc<Node>>>,
    /// Held by the one caller that asks who serves what.
    refreshing: tokio::sync::Mutex<refresh::Last>,
    connect: Connect,
}

/// How connections to the servers are made.
#[derive(Debug)]
struct Connect {
    login: Login,
    tls: Option<Arc<TlsSetup>>,
    tuning: Arc<Tuning>,
}

impl Connect {
    fn node(&self, name: &Name, role: Role) -> Node {
        let endpoint = Endpoint {
            address: Address::Tcp {
                host: name.host.clone(),
                port: name.port,
            },
            tls: self.tls.clone(),
        };
        let login = Login {
            read_only: role == Role::Replica,
            ..self.login.clone()
        };
        Node::new(endpoint, login, Arc::clone(&self.tuning))
    }
}

impl Cluster {
    /// A cluster of which some servers are known. Nothing is sent yet.
    pub(crate) fn new(
        seeds: impl IntoIterator<Item = (String, u16)>,
        tls: Option<Arc<TlsSetup>>,
        login: Login,
        tuning: &Arc<Tuning>,
    ) -> Self {
        // Another server may answer: waiting for one that does not is a waste of the time allowed.
        let patience = tuning
            .response_timeout
            .map_or(tuning.connect_timeout, |allowed| {
                tuning
                    .connect_timeout
                    .min((allowed / 3).max(Duration::from_millis(100)))
            });
        let connect = Connect {
            login: Login {
                database: 0,
                read_only: false,
                ..login
            },
            tls,
            tuning: Arc::new(Tuning {
                when_down: WhenDown::Fail,
                connect_timeout: patience,
                ..Tuning::clone(tuning)
            }),
        };
        let seeds = seeds.into_iter().map(|(host, port)| {
            let name = Name { host, port };
            let node = Arc::new(connect.node(&name, Role::Primary));
            Server { name, node }
        });
        Self {
            seeds: seeds.collect(),
            map: RwLock::new(Arc::new(Map::empty())),
            strangers: Mutex::default(),
            refreshing: tokio::sync::Mutex::default(),
            connect,
        }
    }

    /// The servers that were named.
    pub(crate) fn seeds(&self) -> impl Iterator<Item = &Arc<Node>> {
        self.seeds.iter().map(|server| &server.node)
    }

    fn map(&self) -> Arc<Map> {
        Arc::clone(&self.map.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// An open connection to the server of a request, if all of it goes to one slot.
    #[inline]
    pub(crate) fn ready(&self, request: &Request<'_>) -> Option<Arc<Link>> {
        let mut place = Place::Anywhere;
        request.cmds.each(|cmd| place = place.and(keys::place(cmd)));
        let map = self.map.read().unwrap_or_else(PoisonError::into_inner);
        map.server(place, request.replica_ok)?.node.calm()
    }

    /// Goes on with a request after a first attempt, or from the beginning.
    pub(crate) async fn settle(
        &self,
        request: &Request<'_>,
        first: Option<First>,
    ) -> Result<Replies> {
        fleet::settle(self, request, first).await
    }

    /// The server of a request that needs a connection to itself.
    pub(crate) async fn home(&self, request: &Request<'_>) -> Result<Arc<Node>, Failure> {
        let mut place = Place::Anywhere;
        request.cmds.each(|cmd| place = place.and(keys::place(cmd)));
        if place == Place::Several {
            return Err(Failure::NotSent(Cause::Slots));
        }
        let find = || {
            let map = self.map();
            let server = map.server(place, false);
            (
                map.generation,
                server.map(|server| Arc::clone(&server.node)),
            )
        };
        let (generation, node) = find();
        if let Some(node) = node {
            return Ok(node);
        }
        let patience = Instant::now() + self.connect.tuning.connect_timeout;
        self.refresh(generation, patience)
            .await
            .map_err(Failure::NotSent)?;
        let none = Failure::NotSent(Cause::Io(std::io::ErrorKind::NotConnected));
        find().1.ok_or(none)
    }

    /// The parts of the keys, for what has to go to each primary.
    pub(crate) async fn parts(&self) -> Result<Vec<Part>, Failure> {
        let generation = self.map().generation;
        if self.map().primaries().next().is_none() {
            let patience = Instant::now() + self.connect.tuning.connect_timeout;
            self.refresh(generation, patience)
                .await
                .map_err(Failure::NotSent)?;
        }
        let map = self.map();
        let parts = map.parts().map(|(server, slot)| Part {
            node: Arc::clone(&server.node),
            slot,
        });
        Ok(parts.collect())
    }

    /// The primary that has a part of the keys at the moment, if one is known.
    pub(crate) fn keeper(&self, part: &Part) -> Option<Arc<Node>> {
        let map = self.map();
        if map
            .primaries()
            .any(|server| Arc::ptr_eq(&server.node, &part.node))
        {
            return Some(Arc::clone(&part.node));
        }
        map.primary(part.slot)
            .map(|server| Arc::clone(&server.node))
    }

    /// Every server.
    pub(crate) fn nodes(&self) -> Vec<Arc<Node>> {
        let map = self.map();
        map.servers()
            .map(|server| Arc::clone(&server.node))
            .collect()
    }

    /// Any server, for plain commands of the user.
    pub(crate) fn any(&self) -> Option<Arc<Node>> {
        let map = self.map();
        let server = map.primaries().next().or_else(|| self.seeds.first());
        server.map(|server| Arc::clone(&server.node))
    }

    /// Asks who serves what, and connects to the primaries.
    pub(crate) async fn open(&self, deadline: Option<Instant>) -> Result<(), Cause> {
        let patience = Instant::now() + self.connect.tuning.connect_timeout;
        let patience = deadline.map_or(patience, |deadline| deadline.min(patience));
        self.refresh(self.map().generation, patience).await?;
        let map = self.map();
        let links = map.primaries().map(|server| server.node.link(deadline));
        // One that is down is about to be replaced; that none answers is another matter.
        let links = futures_util::future::join_all(links).await;
        let problem = links.iter().find_map(|link| link.as_ref().err().cloned());
        match problem {
            Some(problem) if links.iter().all(Result::is_err) => Err(problem),
            _ => Ok(()),
        }
    }

    /// Takes no more requests and waits until those under way are answered.
    pub(crate) async fn close(&self) {
        let map = self.map();
        let strangers: Vec<Arc<Node>> = {
            let strangers = self
                .strangers
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            strangers.values().cloned().collect()
        };
        let nodes = map.servers().chain(&self.seeds).map(|server| &server.node);
        let closing = nodes.chain(&strangers).map(|node| node.close());
        futures_util::future::join_all(closing).await;
    }
}

impl Roles for Cluster {
    fn tuning(&self) -> &Tuning {
        &self.connect.tuning
    }

    fn moved(&self, slot: u16, to: &Name) -> bool {
        self.map().assign(slot, to)
    }

    fn generation(&self) -> u64 {
        self.map().generation
    }

    async fn renew(&self, seen: u64, deadline: Instant) {
        // Nobody may know at the moment; the next round finds out.
        let _ = self.refresh(seen, deadline).await;
    }
}

impl Fleet for Cluster {
    const SLOTS: bool = true;

    fn server(&self, place: Place, replica_ok: bool) -> Option<Arc<Node>> {
        let map = self.map();
        let server = map.server(place, replica_ok)?;
        Some(Arc::clone(&server.node))
    }

    fn named(&self, name: &Name) -> Arc<Node> {
        if let Some(server) = self.map().named(name) {
            return Arc::clone(&server.node);
        }
        let mut strangers = self
            .strangers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let stranger = strangers
            .entry(name.clone())
            .or_insert_with(|| Arc::new(self.connect.node(name, Role::Primary)));
        Arc::clone(stranger)
    }
}
