//! Pages of walks. A cursor means something to the process alone that gave it: another one has its keys in another
//! order, and going on there would leave some out. So a page tells the connection that it came by, and whoever is
//! asked by another one (a server was restarted or replaced, or the key has gone elsewhere) is asked from the
//! beginning.

use std::sync::{Arc, Weak};

use redis::Value;
use tokio::time::Instant;

use super::Store;
use crate::client::config::WhenDown;
use crate::client::failure::{Cause, Failure};
use crate::client::guard::Guards;
use crate::client::link::Link;
use crate::client::node::Node;
use crate::client::request::{Cmds, Replies, Request, Shape};
use crate::client::retry::{Attempts, Verdict};
use crate::client::single::rest;
use crate::client::{ASKING, Name, Part, Whereabouts};
use crate::cmd::Cmd;
use crate::error::Result;
use crate::key::Spec;
use crate::retry::RetryClass;

/// By which connection a page came.
pub(crate) type Seat = Weak<Link>;

/// A page that is asked for.
pub(crate) struct Turn {
    pub(crate) spec: &'static Spec,
    /// Of which part of the keys; `None` where one server has all, or of one key.
    pub(crate) part: Option<Part>,
    /// Where the page before came from.
    pub(crate) seat: Seat,
    /// What to ask there, and what anywhere else.
    pub(crate) next: Cmd,
    pub(crate) first: Cmd,
}

/// A page that has come.
pub(crate) struct Page {
    pub(crate) reply: Value,
    pub(crate) seat: Seat,
    /// It is the first one of its server.
    pub(crate) is_first: bool,
}

/// What came of asking one server.
struct Answer {
    node: Arc<Node>,
    link: Arc<Link>,
    is_first: bool,
    replies: Replies,
}

/// Why there is no answer.
enum Missed {
    /// The server cannot be reached, and nobody waits for it.
    Down(Cause),
    Failed(Failure),
}

impl From<Failure> for Missed {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Turn {
    fn request<'a>(&self, cmd: &'a Cmd) -> Request<'a> {
        Request::new(self.spec, Cmds::One(cmd), Shape::Pipeline, RetryClass::Read)
    }

    /// What to ask over a connection, and whether that is to begin anew.
    fn cmd(&self, link: &Arc<Link>) -> (&Cmd, bool) {
        let before = self.seat.upgrade();
        match before.is_some_and(|before| Arc::ptr_eq(&before, link)) {
            true => (&self.next, false),
            false => (&self.first, true),
        }
    }
}

impl Store {
    /// The next page of a walk, or the first one where another server has to be asked than before.
    pub(crate) async fn page(&self, turn: Turn) -> Result<Page> {
        let mut guards = Guards::default();
        let page = self.turn(&turn, &mut guards).await;
        guards.over();
        page
    }

    async fn turn(&self, turn: &Turn, guards: &mut Guards) -> Result<Page> {
        let (tuning, topology) = (&self.0.tuning, &self.0.topology);
        let request = turn.request(&turn.first);
        let allowed = tuning.response_timeout;
        let mut attempts = Attempts::new(&request, None, allowed, tuning.backoff);
        let mut there = None;
        loop {
            let asked = self
                .ask(turn, there.take(), attempts.deadline, guards)
                .await;
            let answer = match asked {
                Ok(answer) => answer,
                Err(Missed::Down(cause)) => return Err(cause.into_error(turn.spec.template)),
                Err(Missed::Failed(failure)) => match attempts.after(Err(failure)) {
                    Verdict::Done(Err(error)) => return Err(error),
                    Verdict::Done(Ok(_)) => return Err(attempts.too_late()),
                    Verdict::Again { pause, .. } => {
                        topology.renew().await;
                        rest(pause).await;
                        continue;
                    }
                },
            };
            let reply = answer.replies.as_slice().first();
            match self.whereabouts(&answer.node, reply).await {
                Whereabouts::There(name) if attempts.has_time() => there = Some(name),
                Whereabouts::Elsewhere if attempts.has_time() => rest(attempts.pause()).await,
                _ => match attempts.after(Ok(answer.replies)) {
                    Verdict::Done(replies) => {
                        return Ok(Page {
                            reply: replies?.into_one(),
                            seat: Arc::downgrade(&answer.link),
                            is_first: answer.is_first,
                        });
                    }
                    Verdict::Again { pause, .. } => rest(pause).await,
                },
            }
        }
    }

    /// Where there is one server, and nobody waits for it.
    fn gives_up_at_once(&self) -> bool {
        self.0.tuning.when_down == WhenDown::Fail && !self.0.topology.is_fleet()
    }

    /// One attempt, with the server of the part or key, or with the one that another has named.
    async fn ask(
        &self,
        turn: &Turn,
        there: Option<Name>,
        deadline: Option<Instant>,
        guards: &mut Guards,
    ) -> Result<Answer, Missed> {
        let topology = &self.0.topology;
        let request = turn.request(&turn.first);
        let node = match (&there, &turn.part) {
            (Some(name), _) => topology.named(name),
            (None, Some(part)) => topology.keeper(part),
            (None, None) => Some(topology.home(&request).await?),
        };
        let nobody = Failure::NotSent(Cause::Io(std::io::ErrorKind::NotConnected));
        let node = node.ok_or(nobody)?;
        guards.admit(&node, false).map_err(Failure::NotSent)?;
        let asked = async {
            let link = node.link(deadline).await;
            let link = link.map_err(|cause| match self.gives_up_at_once() {
                true => Missed::Down(cause),
                false => Missed::Failed(Failure::NotSent(cause)),
            })?;
            let (cmd, is_first) = turn.cmd(&link);
            let replies = match there {
                None => link.send(&turn.request(cmd), deadline).await?,
                Some(_) => {
                    let both = [&*ASKING, cmd];
                    let both = Request {
                        cmds: Cmds::Refs(&both),
                        ..request
                    };
                    let replies = link.send(&both, deadline).await?.into_vec();
                    Replies::Many(replies.into_iter().skip(1).collect())
                }
            };
            Ok((link, is_first, replies))
        };
        let asked: Result<_, Missed> = asked.await;
        match &asked {
            Ok((_, _, replies)) => guards.answered(&node, replies),
            Err(_) => guards.silent(&node),
        }
        let (link, is_first, replies) = asked?;
        Ok(Answer {
            node,
            link,
            is_first,
            replies,
        })
    }
}
