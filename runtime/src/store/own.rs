//! Connections that one caller has to itself: for commands that the server may hold back, for readers of
//! streams, and for listeners.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::time::Instant;

use super::Store;
use crate::client::failure::{Cause, Failure};
use crate::client::link::{Link, PushSink};
use crate::client::node::Node;
use crate::client::request::{Cmds, Replies, Request};
use crate::client::{ASKING, Name};

/// Idle connections beyond this number are closed.
const IDLE: usize = 8;

/// A connection that one caller has to itself.
#[derive(Debug)]
pub(crate) struct Dedicated {
    node: Arc<Node>,
    link: Arc<Link>,
    /// The server was named by another one, and has to be told so before each command: the keys are on their
    /// way to it.
    asking: bool,
}

/// The connections that have one caller each.
#[derive(Debug, Default)]
pub(super) struct Own(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Those between two uses.
    idle: Vec<Dedicated>,
    /// All of them, so that closing the store ends them.
    open: Vec<Weak<Link>>,
    closed: bool,
}

impl Own {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One to this server that nobody uses, if there is one.
    fn take(&self, node: &Arc<Node>) -> Result<Option<Dedicated>, Failure> {
        let mut known = self.lock();
        if known.closed {
            return Err(Failure::NotSent(Cause::Closed));
        }
        known.idle.retain(|it| it.link.is_open());
        let at = known.idle.iter().position(|it| Arc::ptr_eq(&it.node, node));
        Ok(at.map(|at| known.idle.swap_remove(at)))
    }

    /// Gives a new one to its caller, unless the store has been closed meanwhile.
    fn admit(&self, node: Arc<Node>, link: Link) -> Result<Dedicated, Failure> {
        let mut known = self.lock();
        if known.closed {
            return Err(Failure::NotSent(Cause::Closed));
        }
        let link = Arc::new(link);
        known.open.retain(|link| link.strong_count() > 0);
        known.open.push(Arc::downgrade(&link));
        Ok(Dedicated {
            node,
            link,
            asking: false,
        })
    }

    pub(super) fn keep(&self, dedicated: Dedicated) {
        let mut known = self.lock();
        if known.idle.len() < IDLE && !known.closed {
            known.idle.push(dedicated.asking(false));
        }
    }

    /// How many there are to this server that nobody uses.
    pub(super) fn idle(&self, node: &Arc<Node>) -> usize {
        let mut known = self.lock();
        known.idle.retain(|it| it.link.is_open());
        let idle = known.idle.iter();
        idle.filter(|it| Arc::ptr_eq(&it.node, node)).count()
    }

    /// Opens none any more, and closes those there are. Returns those whose last answer is still to come.
    pub(super) fn close(&self) -> Vec<Arc<Link>> {
        let mut known = self.lock();
        known.closed = true;
        known.idle.clear();
        let open: Vec<_> = known.open.iter().filter_map(Weak::upgrade).collect();
        open.iter().for_each(|link| link.close());
        open
    }
}

impl Dedicated {
    /// The server it leads to.
    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// Sends a request and waits for its answer.
    pub(crate) async fn send(&self, request: &Request<'_>) -> Result<Replies, Failure> {
        if !self.asking {
            return self.link.send(request, None).await;
        }
        let cmds = request.cmds.all();
        let cmds: Vec<_> = cmds.into_iter().flat_map(|cmd| [&*ASKING, cmd]).collect();
        let asked = Request {
            cmds: Cmds::Refs(&cmds),
            ..*request
        };
        let replies = self.link.send(&asked, None).await?.into_vec();
        Ok(Replies::Many(
            replies.into_iter().skip(1).step_by(2).collect(),
        ))
    }

    fn asking(mut self, asking: bool) -> Self {
        self.asking = asking;
        self
    }

    /// Ends the connection whatever is under way.
    pub(crate) fn cut(&self) {
        self.link.cut();
    }
}

impl Store {
    /// A connection to the server of a request that nobody else uses.
    pub(crate) async fn dedicated(
        &self,
        request: &Request<'_>,
        deadline: Option<Instant>,
    ) -> Result<Dedicated, Failure> {
        let node = self.0.topology.home(request).await?;
        self.own_to(node, deadline).await
    }

    /// One to the server that another one has named for one time.
    pub(crate) async fn dedicated_at(
        &self,
        name: &Name,
        deadline: Option<Instant>,
    ) -> Result<Dedicated, Failure> {
        let node = self.0.topology.named(name).ok_or_else(unreachable)?;
        let dedicated = self.own_to(node, deadline).await?;
        Ok(dedicated.asking(true))
    }

    async fn own_to(
        &self,
        node: Arc<Node>,
        deadline: Option<Instant>,
    ) -> Result<Dedicated, Failure> {
        if let Some(kept) = self.0.own.take(&node)? {
            return Ok(kept);
        }
        let link = within(deadline, node.open()).await?;
        self.0.own.admit(node, link)
    }

    /// A connection to the server of a request, on which messages are listened to.
    pub(crate) async fn listening(
        &self,
        request: &Request<'_>,
        push: PushSink,
    ) -> Result<Dedicated, Failure> {
        let node = self.0.topology.home(request).await?;
        let allowed = self.0.tuning.response_timeout;
        let deadline = allowed.and_then(|allowed| Instant::now().checked_add(allowed));
        let link = within(deadline, node.listen(push)).await?;
        self.0.own.admit(node, link)
    }
}

/// A connection, if it is made in time.
async fn within(
    deadline: Option<Instant>,
    opening: impl Future<Output = Result<Link, Cause>>,
) -> Result<Link, Failure> {
    match deadline {
        None => opening.await.map_err(Failure::NotSent),
        Some(deadline) => tokio::time::timeout_at(deadline, opening)
            .await
            .map_err(|_| unreachable())?
            .map_err(Failure::NotSent),
    }
}

fn unreachable() -> Failure {
    Failure::NotSent(Cause::Io(std::io::ErrorKind::NotConnected))
}
