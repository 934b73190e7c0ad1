//! A master that sentinels watch: who it is, and what to do when it is somebody else.
//!
//! The sentinels are asked in order, and whoever gives a good answer is asked first the next time. An answer
//! counts when the server it names says of itself that it is the master: a sentinel that was cut off names
//! the old one. They are asked again when one of them tells of a fail-over, when a connection breaks, when a
//! server says that it is a replica, and now and then besides, because a server that is cut off from the
//! sentinels but not from its clients goes on taking writes that will be lost.

mod ask;
mod follow;
mod roles;

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::Instant;

use super::cluster::keys::Place;
use super::config::{Address, Endpoint, Login, TlsSetup, Tuning, WhenDown};
use super::failure::{Cause, Failure};
use super::fleet::{self, Fleet, Name};
use super::link::Link;
use super::node::Node;
use super::request::{First, Replies, Request};
use super::single::Single;
use crate::error::Result;
use roles::Roles;

/// What sentinels watch, and how to reach everybody.
#[derive(Debug)]
pub(crate) struct Watched {
    /// The name under which the sentinels know the master.
    pub(crate) name: Arc<str>,
    /// Sentinels that are known from the beginning.
    pub(crate) sentinels: Vec<Name>,
    /// Who we are to the sentinels, and how what is said to them is encrypted.
    pub(crate) sentinel_login: Login,
    pub(crate) sentinel_tls: Option<Arc<TlsSetup>>,
    /// Who we are to the servers.
    pub(crate) login: Login,
    pub(crate) tls: Option<Arc<TlsSetup>>,
    /// The schema's databases, and their numbers on the server.
    pub(crate) databases: Vec<(u16, u16)>,
    /// How often the sentinels are asked although nothing is wrong.
    pub(crate) check_every: Duration,
}

/// A master that sentinels watch.
#[derive(Debug)]
pub(crate) struct Sentinel {
    watched: Watched,
    /// Those that have answered well come first.
    sentinels: Mutex<Vec<Name>>,
    roles: RwLock<Arc<Roles>>,
    /// Held by the one caller that asks.
    asking: tokio::sync::Mutex<Option<Instant>>,
    tuning: Arc<Tuning>,
    follower: Mutex<Option<tokio::task::AbortHandle>>,
}

impl Sentinel {
    /// Nothing is sent yet.
    pub(crate) fn new(watched: Watched, tuning: &Arc<Tuning>) -> Self {
        // Somebody else may be the master: waiting for one that does not answer wastes the time allowed.
        let patience = tuning
            .response_timeout
            .map_or(tuning.connect_timeout, |allowed| {
                tuning
                    .connect_timeout
                    .min((allowed / 3).max(Duration::from_millis(100)))
            });
        Self {
            sentinels: Mutex::new(watched.sentinels.clone()),
            watched,
            roles: RwLock::default(),
            asking: tokio::sync::Mutex::default(),
            tuning: Arc::new(Tuning {
                when_down: WhenDown::Fail,
                connect_timeout: patience,
                ..Tuning::clone(tuning)
            }),
            follower: Mutex::default(),
        }
    }

    /// For people.
    pub(crate) fn describe(&self) -> String {
        format!("the master `{}`", self.watched.name)
    }

    fn roles(&self) -> Arc<Roles> {
        Arc::clone(&self.roles.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// An open connection to the server of a request.
    #[inline]
    pub(crate) fn ready(&self, request: &Request<'_>) -> Option<Arc<Link>> {
        let roles = self.roles.read().unwrap_or_else(PoisonError::into_inner);
        roles.server(request.spec, request.replica_ok)?.calm()
    }

    /// Goes on with a request after a first attempt, or from the beginning.
    pub(crate) async fn settle(
        &self,
        request: &Request<'_>,
        first: Option<First>,
    ) -> Result<Replies> {
        let fleet = ForKey {
            sentinel: self,
            spec: request.spec,
        };
        fleet::settle(&fleet, request, first).await
    }

    /// The server of a request that needs a connection to itself.
    pub(crate) async fn home(&self, request: &Request<'_>) -> Result<Arc<Node>, Failure> {
        let find = || {
            let roles = self.roles();
            let node = roles.server(request.spec, false).cloned();
            (roles.generation, node)
        };
        let (generation, node) = find();
        if let Some(node) = node.filter(|node| node.is_open()) {
            return Ok(node);
        }
        let patience = Instant::now() + self.tuning.connect_timeout;
        self.find(generation, patience)
            .await
            .map_err(Failure::NotSent)?;
        find().1.ok_or(Failure::NotSent(Cause::Foreign))
    }

    /// The master with one of its databases.
    pub(crate) fn of_database(&self, database: u16) -> Option<Arc<Node>> {
        self.roles().master()?.of_database(database).cloned()
    }

    /// Every server, once for each database.
    pub(crate) fn nodes(&self) -> Vec<Arc<Node>> {
        let roles = self.roles();
        roles.all().flat_map(Single::nodes).cloned().collect()
    }

    pub(crate) fn databases(&self) -> Vec<u16> {
        let databases = self.watched.databases.iter();
        databases.map(|(index, _)| *index).collect()
    }

    /// Finds the master, connects to it, and goes on looking whether it still is.
    pub(crate) async fn open(self: &Arc<Self>, deadline: Option<Instant>) -> Result<(), Cause> {
        let patience = Instant::now() + self.tuning.connect_timeout;
        let patience = deadline.map_or(patience, |deadline| deadline.min(patience));
        self.find(self.roles().generation, patience).await?;
        if let Some(master) = self.roles().master() {
            master.open(deadline).await?;
        }
        let task = tokio::spawn(follow::follow(
            Arc::downgrade(self),
            self.watched.check_every,
        ));
        let mut follower = self.follower.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = follower.replace(task.abort_handle()) {
            old.abort();
        }
        Ok(())
    }

    /// Takes no more requests and waits until those under way are answered.
    pub(crate) async fn close(&self) {
        self.stop_following();
        let roles = self.roles();
        for single in roles.all() {
            single.close().await;
        }
    }

    fn stop_following(&self) {
        let mut follower = self.follower.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = follower.take() {
            task.abort();
        }
    }

    /// The connections to a server, one for each database.
    fn connect(&self, name: &Name) -> Single {
        let databases = self.watched.databases.iter().map(|(index, number)| {
            let login = Login {
                database: *number,
                ..self.watched.login.clone()
            };
            (*index, endpoint(name, &self.watched.tls), login)
        });
        Single::new(databases, &self.tuning)
    }
}

impl Drop for Sentinel {
    fn drop(&mut self) {
        self.stop_following();
    }
}

fn endpoint(name: &Name, tls: &Option<Arc<TlsSetup>>) -> Endpoint {
    Endpoint {
        address: Address::Tcp {
            host: name.host.clone(),
            port: name.port,
        },
        tls: tls.clone(),
    }
}

/// The servers as the requests about one key see them.
struct ForKey<'s> {
    sentinel: &'s Sentinel,
    spec: &'static crate::key::Spec,
}

impl fleet::Roles for Sentinel {
    fn tuning(&self) -> &Tuning {
        &self.tuning
    }

    fn moved(&self, _: u16, _: &Name) -> bool {
        // Servers that sentinels watch send nobody elsewhere.
        true
    }

    fn generation(&self) -> u64 {
        self.roles().generation
    }

    async fn renew(&self, seen: u64, deadline: Instant) {
        // Nobody may know at the moment; the next round finds out.
        let _ = self.find(seen, deadline).await;
    }
}

impl fleet::Roles for ForKey<'_> {
    fn tuning(&self) -> &Tuning {
        self.sentinel.tuning()
    }

    fn moved(&self, slot: u16, to: &Name) -> bool {
        self.sentinel.moved(slot, to)
    }

    fn generation(&self) -> u64 {
        self.sentinel.generation()
    }

    async fn renew(&self, seen: u64, deadline: Instant) {
        self.sentinel.renew(seen, deadline).await;
    }
}

impl Fleet for ForKey<'_> {
    const SLOTS: bool = false;

    fn server(&self, _: Place, replica_ok: bool) -> Option<Arc<Node>> {
        let roles = self.sentinel.roles();
        roles.server(self.spec, replica_ok).cloned()
    }

    fn named(&self, name: &Name) -> Arc<Node> {
        let login = self.sentinel.watched.login.clone();
        let endpoint = endpoint(name, &self.sentinel.watched.tls);
        let tuning = Arc::clone(&self.sentinel.tuning);
        Arc::new(Node::new(endpoint, login, tuning))
    }
}
