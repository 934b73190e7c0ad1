//! One server and one of its databases: a connection that is opened again when it breaks.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use redis::ProtocolVersion;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::breaker::{Breaker, Mode};
use super::config::{Endpoint, Login, Tuning, WhenDown};
use super::failure::{Cause, Failure};
use super::link::{Link, PushSink};
use super::request::{Replies, Request};
use crate::observe::{self, NodeStats};

/// One server and one of its databases.
pub(crate) struct Node {
    endpoint: Endpoint,
    login: Login,
    tuning: Arc<Tuning>,
    /// The connection in use; a broken one stays until somebody replaces it.
    current: RwLock<Option<Arc<Link>>>,
    /// Held by the one caller that opens a connection.
    repair: Mutex<Failures>,
    closed: std::sync::atomic::AtomicBool,
    /// Connections opened so far.
    opened: AtomicU64,
    breaker: Option<Arc<Breaker>>,
}

/// Failed attempts in a row.
#[derive(Default)]
struct Failures {
    count: u32,
    /// Until then nobody tries.
    until: Option<Instant>,
    last: Option<Cause>,
}

impl Node {
    /// A server that is not connected to yet.
    pub(crate) fn new(endpoint: Endpoint, login: Login, tuning: Arc<Tuning>) -> Self {
        let breaker = tuning.breaker.map(Breaker::new);
        if let Some(breaker) = &breaker {
            breaker.belongs_to(endpoint.address.describe(), login.database);
        }
        Self {
            breaker,
            endpoint,
            login,
            tuning,
            current: RwLock::default(),
            repair: Mutex::default(),
            closed: std::sync::atomic::AtomicBool::new(false),
            opened: AtomicU64::new(0),
        }
    }

    /// Where it is.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Who its connections are.
    pub(crate) fn login(&self) -> &Login {
        &self.login
    }

    /// The database it is bound to.
    pub(crate) fn database(&self) -> u16 {
        self.login.database
    }

    /// The connection, if there is one at the moment.
    #[inline]
    pub(crate) fn ready(&self) -> Option<Arc<Link>> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Its circuit breaker, if there is one.
    pub(crate) fn breaker(&self) -> Option<&Arc<Breaker>> {
        self.breaker.as_ref()
    }

    /// The connection, if there is one at the moment and nobody has to keep count of what is sent over it.
    #[inline]
    pub(crate) fn calm(&self) -> Option<Arc<Link>> {
        match &self.breaker {
            Some(breaker) if !breaker.is_calm() => None,
            _ => self.ready(),
        }
    }

    /// Whether there is a connection at the moment.
    pub(crate) fn is_open(&self) -> bool {
        self.ready().is_some_and(|link| link.is_open())
    }

    /// Whether its breaker lets nothing pass at the moment, but for probes.
    pub(crate) fn is_refused(&self) -> bool {
        let mode = self.breaker.as_ref().map(|breaker| breaker.mode());
        matches!(mode, Some(Mode::Open | Mode::HalfOpen))
    }

    /// The connection; if there is none, opens one, or waits for the caller that does.
    ///
    /// While the pause after a failed attempt lasts, it waits or fails as configured.
    pub(crate) async fn link(&self, deadline: Option<Instant>) -> Result<Arc<Link>, Cause> {
        if let Some(link) = self.ready()
            && link.is_open()
        {
            return Ok(link);
        }
        let repair = self.repair(deadline);
        match deadline {
            None => repair.await,
            Some(deadline) => tokio::time::timeout_at(deadline, repair)
                .await
                .unwrap_or(Err(Cause::Io(std::io::ErrorKind::NotConnected))),
        }
    }

    /// Opens another connection unless somebody else has done so meanwhile.
    #[cold]
    async fn repair(&self, deadline: Option<Instant>) -> Result<Arc<Link>, Cause> {
        loop {
            let mut failures = self.repair.lock().await;
            if self.is_closed() {
                return Err(Cause::Closed);
            }
            if let Some(link) = self.ready()
                && link.is_open()
            {
                return Ok(link);
            }
            if let Some(until) = failures.until
                && Instant::now() < until
            {
                let last = failures.last.clone();
                let last = last.unwrap_or(Cause::Io(std::io::ErrorKind::NotConnected));
                let too_late = deadline.is_some_and(|deadline| until >= deadline);
                if self.tuning.when_down == WhenDown::Fail || !last.may_pass() || too_late {
                    return Err(last);
                }
                drop(failures);
                tokio::time::sleep_until(until).await;
                continue;
            }
            match self.open().await {
                Ok(link) => {
                    *failures = Failures::default();
                    return Ok(self.replace(link));
                }
                Err(cause) => {
                    let server = self.endpoint.address.describe();
                    observe::connect_failed(&server, self.database(), || cause.words());
                    failures.until =
                        Some(Instant::now() + self.tuning.backoff.pause(failures.count));
                    failures.count = failures.count.saturating_add(1);
                    failures.last = Some(cause.clone());
                    return Err(cause);
                }
            }
        }
    }

    /// Opens a connection of its own, that nobody else uses.
    pub(crate) async fn open(&self) -> Result<Link, Cause> {
        Link::open(&self.endpoint, &self.login, &self.tuning, None).await
    }

    /// Opens a connection of its own on which messages come that are no reply, whatever protocol the others
    /// speak: the older one has no place for them.
    pub(crate) async fn listen(&self, push: PushSink) -> Result<Link, Cause> {
        let tuning = Tuning {
            protocol: ProtocolVersion::RESP3,
            ..Tuning::clone(&self.tuning)
        };
        Link::open(&self.endpoint, &self.login, &tuning, Some(push)).await
    }

    fn replace(&self, link: Link) -> Arc<Link> {
        if let Some(breaker) = &self.breaker {
            breaker.works();
        }
        let link = Arc::new(link);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Some(Arc::clone(&link));
        if self.opened.fetch_add(1, Ordering::Relaxed) > 0 {
            observe::reconnected(&self.endpoint.address.describe(), self.database());
        }
        link
    }

    /// Sends a request once, over an open connection or a new one.
    pub(crate) async fn send(
        &self,
        request: &Request<'_>,
        deadline: Option<Instant>,
    ) -> Result<Replies, Failure> {
        let link = self.link(deadline).await.map_err(Failure::NotSent)?;
        link.send(request, deadline).await
    }

    /// Gives up the connection in use, so that the next request opens another one: what a server that
    /// has lost its role calls for.
    pub(crate) fn disconnect(&self) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = None;
    }

    /// What it has to do at the moment.
    pub(crate) fn stats(&self) -> NodeStats {
        let link = self.ready();
        let (in_flight, waiting) = link.as_ref().map_or((0, 0), |link| link.load());
        NodeStats {
            server: self.endpoint.address.describe(),
            database: self.database(),
            connected: link.is_some_and(|link| link.is_open()),
            in_flight,
            waiting,
            limit: self.tuning.max_in_flight,
            reconnects: self.opened.load(Ordering::Relaxed).saturating_sub(1),
            idle_dedicated: 0,
            breaker: self.breaker.as_ref().map(|breaker| breaker.mode().shown()),
        }
    }

    /// Takes no more requests and ends those under way.
    pub(crate) fn cut(&self) {
        self.closed
            .store(true, std::sync::atomic::Ordering::Release);
        if let Some(link) = self.ready() {
            link.cut();
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(std::sync::atomic::Ordering::Acquire)
    }

    /// Takes no more requests and waits until those under way are answered.
    pub(crate) async fn close(&self) {
        self.closed
            .store(true, std::sync::atomic::Ordering::Release);
        if let Some(link) = self.ready() {
            link.close();
            link.ended().await;
        }
    }
}

impl std::fmt::Debug for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Node")
            .field("address", &self.endpoint.address.describe())
            .field("database", &self.login.database)
            .finish_non_exhaustive()
    }
}
