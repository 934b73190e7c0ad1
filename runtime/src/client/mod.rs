//! The client: how requests reach servers, and what happens when they do not.
//!
//! ```text
//! Store ── Topology ─┬─ Single ──────── Node ── Link ── socket
//!                    ├─ Sentinel ──┐                      one server each, reopened when it breaks
//!                    └─ Cluster ───┴─ fleet ── Node ...
//! ```
//!
//! - [`link`]: one connection. Batches concurrent callers, knows what had left when it breaks.
//! - [`node`]: one server. Opens the connection again, with pauses; [`Node::send`](node::Node::send) sends a
//!   request once and says what became of it: replies, or a [`Failure`].
//! - [`retry`]: whether a request is sent again after that, and when.
//! - [`Topology`]: which server a request goes to, and what to do about redirections and lost roles. The only
//!   thing the store knows of.
//!
//! The store's fast path asks [`Topology::ready`] for an open connection, submits to it without boxing a
//! future, and returns the reply. Whatever is out of the ordinary (no connection, no room, a failure, an
//! error the topology may [want to see](Topology::concerns)) goes to [`Topology::settle`], together with what
//! the first attempt brought, and there everything else is decided.

pub(crate) mod breaker;
pub(crate) mod cluster;
pub(crate) mod config;
pub(crate) mod failure;
mod fleet;
pub(crate) mod guard;
pub(crate) mod link;
pub(crate) mod node;
pub(crate) mod request;
mod resp;
pub(crate) mod retry;
pub(crate) mod sentinel;
pub(crate) mod single;

use std::sync::Arc;

use redis::Value;
use tokio::time::Instant;

use crate::error::Result;
use cluster::Cluster;
pub(crate) use cluster::Part;
use failure::{Cause, Failure};
pub(crate) use fleet::{ASKING, Name, Whereabouts, refuses};
use link::Link;
use node::Node;
use request::{First, Replies, Request};
use sentinel::Sentinel;
use single::Single;

/// Which servers there are, and which one a request goes to.
#[derive(Debug)]
pub(crate) enum Topology {
    /// One server for each database, or the same one for all.
    Single(Single),
    /// A master that sentinels watch.
    Sentinel(Arc<Sentinel>),
    /// A cluster.
    Cluster(Cluster),
}

impl Topology {
    /// An open connection to the server that a request goes to, if there is one at the moment.
    #[inline]
    pub(crate) fn ready(&self, request: &Request<'_>) -> Option<Arc<Link>> {
        match self {
            Self::Single(single) => single.ready(request),
            Self::Sentinel(sentinel) => sentinel.ready(request),
            Self::Cluster(cluster) => cluster.ready(request),
        }
    }

    /// Whether a reply is not to be handed out before [`settle`](Self::settle) has seen it.
    #[inline]
    pub(crate) fn concerns(&self, replies: &Replies) -> bool {
        match replies {
            Replies::One(value) => matches!(value, Value::ServerError(_)),
            Replies::Many(values) => values
                .iter()
                .any(|value| matches!(value, Value::ServerError(_))),
        }
    }

    /// Brings a request to its end: after a first attempt with this outcome, or from the beginning.
    pub(crate) async fn settle(
        &self,
        request: &Request<'_>,
        first: Option<First>,
    ) -> Result<Replies> {
        match self {
            Self::Single(single) => single.settle(request, first).await,
            Self::Sentinel(sentinel) => sentinel.settle(request, first).await,
            Self::Cluster(cluster) => cluster.settle(request, first).await,
        }
    }

    /// Sends a request and brings it to its end.
    pub(crate) async fn execute(&self, request: &Request<'_>) -> Result<Replies> {
        let Some(link) = self.ready(request) else {
            return self.settle(request, None).await;
        };
        let Ok(mut call) = link.submit(request, None) else {
            return self.settle(request, None).await;
        };
        match (&mut call).await {
            Ok(replies) if !self.concerns(&replies) => Ok(replies),
            outcome => {
                let sent = call.sent();
                self.settle(request, Some(First { outcome, sent })).await
            }
        }
    }

    /// The server that a request goes to, for one that needs a connection to itself.
    pub(crate) async fn home(&self, request: &Request<'_>) -> Result<Arc<Node>, Failure> {
        match self {
            Self::Single(single) => single.home(request),
            Self::Sentinel(sentinel) => sentinel.home(request).await,
            Self::Cluster(cluster) => cluster.home(request).await,
        }
    }

    /// The server of a database that plain commands of the user go to.
    pub(crate) fn of_database(&self, database: u16) -> Option<Arc<Node>> {
        match self {
            Self::Single(single) => single.of_database(database).cloned(),
            Self::Sentinel(sentinel) => sentinel.of_database(database),
            Self::Cluster(cluster) => cluster.any(),
        }
    }

    /// The parts of the keys that servers have among them; none where one server has them all.
    pub(crate) async fn parts(&self) -> Result<Vec<Part>, Failure> {
        match self {
            Self::Single(_) | Self::Sentinel(_) => Ok(Vec::new()),
            Self::Cluster(cluster) => cluster.parts().await,
        }
    }

    /// The server that has a part of the keys at the moment, if one is known.
    pub(crate) fn keeper(&self, part: &Part) -> Option<Arc<Node>> {
        match self {
            Self::Single(_) | Self::Sentinel(_) => None,
            Self::Cluster(cluster) => cluster.keeper(part),
        }
    }

    /// Whether there are several servers, of which one may take the place of another.
    pub(crate) fn is_fleet(&self) -> bool {
        !matches!(self, Self::Single(_))
    }

    /// Every server, once for each database.
    pub(crate) fn nodes(&self) -> Vec<Arc<Node>> {
        match self {
            Self::Single(single) => single.nodes().cloned().collect(),
            Self::Sentinel(sentinel) => sentinel.nodes(),
            Self::Cluster(cluster) => cluster.nodes(),
        }
    }

    /// Whether keys are spread over servers by their slots.
    pub(crate) fn is_cluster(&self) -> bool {
        matches!(self, Self::Cluster(_))
    }

    /// Where the answer is to what a server was asked directly. Where servers have roles, what it says about
    /// them is noted.
    pub(crate) async fn whereabouts(&self, node: &Node, reply: &Value) -> Whereabouts {
        match self {
            Self::Single(_) => Whereabouts::Here,
            Self::Sentinel(sentinel) => fleet::whereabouts(&**sentinel, node, reply).await,
            Self::Cluster(cluster) => fleet::whereabouts(cluster, node, reply).await,
        }
    }

    /// The server that another one has named.
    pub(crate) fn named(&self, name: &Name) -> Option<Arc<Node>> {
        match self {
            Self::Single(_) | Self::Sentinel(_) => None,
            Self::Cluster(cluster) => Some(fleet::Fleet::named(cluster, name)),
        }
    }

    /// Finds out the servers' roles again, because one of them does not answer.
    pub(crate) async fn renew(&self) {
        match self {
            Self::Single(_) => {}
            Self::Sentinel(sentinel) => fleet::renew(&**sentinel).await,
            Self::Cluster(cluster) => fleet::renew(cluster).await,
        }
    }

    /// The numbers of the databases.
    pub(crate) fn databases(&self) -> Vec<u16> {
        match self {
            Self::Single(single) => single.databases(),
            Self::Sentinel(sentinel) => sentinel.databases(),
            Self::Cluster(_) => vec![0],
        }
    }

    /// Opens the connections.
    pub(crate) async fn open(&self, deadline: Option<Instant>) -> Result<(), Cause> {
        match self {
            Self::Single(single) => single.open(deadline).await,
            Self::Sentinel(sentinel) => sentinel.open(deadline).await,
            Self::Cluster(cluster) => cluster.open(deadline).await,
        }
    }

    /// Takes no more requests and waits until those under way are answered.
    pub(crate) async fn close(&self) {
        match self {
            Self::Single(single) => single.close().await,
            Self::Sentinel(sentinel) => sentinel.close().await,
            Self::Cluster(cluster) => cluster.close().await,
        }
    }
}
