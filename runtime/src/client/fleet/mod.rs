//! Bringing a request to its end where there are several servers, whatever they say to it.
//!
//! A request is taken apart into [units](unit::Unit) that have to stay together. They go to their servers in
//! rounds, each round to all servers at once, until every unit is answered or the time is over. What a server
//! refuses it has not run, so that is sent again whatever it does; what may have run is sent again only if
//! its class allows it.

mod pace;
mod redirect;
mod unit;
mod whereabouts;

use std::future::Future;
use std::sync::Arc;

use futures_util::future::join_all;
use redis::Value;
use tokio::time::Instant;

use super::cluster::keys::Place;
use super::config::{Address, Tuning};
use super::failure::{Cause, Failure};
use super::guard::Guards;
use super::node::Node;
use super::request::{Cmds, First, Replies, Request, Shape};
use super::single::rest;
use crate::cmd::Cmd;
use crate::error::{Error, Result};
use pace::Pace;
use redirect::{Refusal, To};
use unit::{Apart, Unit, units};

pub(crate) use unit::ASKING;
pub(crate) use whereabouts::{Whereabouts, refuses, whereabouts};

/// A server as others name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name {
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl Name {
    pub(crate) fn new(host: &str, port: u16) -> Self {
        Self {
            host: host.to_owned(),
            port,
        }
    }
}

/// Several servers that do one work, and change their roles.
pub(crate) trait Fleet: Roles {
    /// Whether the servers share the slots among them; else each has everything.
    const SLOTS: bool;

    /// The server for a place; `None` when it is not known at the moment.
    fn server(&self, place: Place, replica_ok: bool) -> Option<Arc<Node>>;

    /// The server that another one has named.
    fn named(&self, name: &Name) -> Arc<Node>;
}

/// Who does what among several servers.
pub(crate) trait Roles {
    fn tuning(&self) -> &Tuning;

    /// Notes that a slot has moved; `false` when that is news about more than the slot.
    fn moved(&self, slot: u16, to: &Name) -> bool;

    /// Grows whenever the servers' roles are known anew.
    fn generation(&self) -> u64;

    /// Finds out the servers' roles, unless that was done since this generation.
    fn renew(&self, seen: u64, deadline: Instant) -> impl Future<Output = ()> + Send;
}

/// What has to be done before the next round.
#[derive(Debug, Default)]
struct Trouble {
    /// The servers' roles are not what they were thought to be.
    lost: bool,
    /// Something has to pass first.
    wait: bool,
    failure: Option<Failure>,
}

/// Goes on with a request after a first attempt, or from the beginning.
pub(crate) async fn settle<F: Fleet>(
    fleet: &F,
    request: &Request<'_>,
    first: Option<First>,
) -> Result<Replies> {
    let mut whole = units(request);
    let divided = F::SLOTS
        && request.divisible
        && matches!(whole.as_slice(), [unit] if unit.place == Place::Several);
    if divided {
        whole = whole.remove(0).cmds.into_iter().map(Unit::of).collect();
    }
    let apart = |unit: &Unit<'_>| if F::SLOTS { apart(unit) } else { Some(None) };
    let Some(apart) = whole.iter().map(apart).collect::<Option<Vec<_>>>() else {
        return Err(several_slots(request));
    };
    let mut parts: Vec<Unit<'_>> = Vec::with_capacity(whole.len());
    for (unit, apart) in whole.into_iter().zip(&apart) {
        match apart {
            None => parts.push(unit),
            Some(apart) => parts.extend(apart.units()),
        }
    }
    let mut guards = Guards::default();
    let ended = rounds(fleet, request, &mut parts, first, &mut guards).await;
    guards.over();
    if let Err(error) = ended {
        // Parts that other servers have run are not undone by one that cannot be reached.
        let ran = parts.iter().any(Unit::has_run);
        return Err(if ran {
            error.partly_run(request.class)
        } else {
            error
        });
    }
    let replies = joined(request, parts, &apart);
    Ok(if divided {
        Replies::One(Value::Array(replies.into_vec()))
    } else {
        replies
    })
}

/// Sends what is not done yet, until everything is or the time is over.
async fn rounds<F: Fleet>(
    fleet: &F,
    request: &Request<'_>,
    units: &mut [Unit<'_>],
    first: Option<First>,
    guards: &mut Guards,
) -> Result<()> {
    let (outcome, since) = First::split(first);
    let mut pace = Pace::new(request, since, fleet.tuning());
    let mut generation = fleet.generation();
    let mut trouble = match outcome {
        None => round(fleet, request, units, &pace, request.replica_ok, guards).await?,
        Some(outcome) => first_round(fleet, request, units, outcome, guards)?,
    };
    while units.iter().any(|unit| !unit.done) {
        let Some(pause) = pace.next(!trouble.wait) else {
            return give_up(request, units, trouble);
        };
        rest(pause).await;
        if trouble.lost {
            let deadline = pace.at_most(fleet.tuning().connect_timeout);
            fleet.renew(generation, deadline).await;
        }
        generation = fleet.generation();
        // A replica that fails is not asked again: its primary knows.
        trouble = round(fleet, request, units, &pace, false, guards).await?;
    }
    Ok(())
}

/// Sends everything that is not done to where it belongs, at once.
async fn round<F: Fleet>(
    fleet: &F,
    request: &Request<'_>,
    units: &mut [Unit<'_>],
    pace: &Pace,
    replica_ok: bool,
    guards: &mut Guards,
) -> Result<Trouble> {
    let mut trouble = Trouble::default();
    let mut shares: Vec<Share<'_>> = Vec::new();
    let mut open: Vec<&mut Unit<'_>> = units.iter_mut().flat_map(Unit::open).collect();
    for (at, unit) in open.iter().enumerate() {
        let node = match &unit.ask {
            Some(name) => Some(fleet.named(name)),
            None => fleet.server(unit.place, replica_ok),
        };
        match node {
            Some(node) => add(&mut shares, node, at, unit),
            None => (trouble.lost, trouble.wait) = (true, true),
        }
    }
    for share in &shares {
        guards
            .admit(&share.node, false)
            .map_err(|cause| cause.into_error(request.spec.template))?;
    }
    let outcomes = join_all(shares.iter().map(|share| share.send(request, pace))).await;
    for (share, outcome) in shares.iter().zip(outcomes) {
        let mut heard = Heard {
            fleet,
            node: &share.node,
            trouble: &mut trouble,
        };
        match outcome {
            Err(failure) => {
                guards.silent(&share.node);
                heard.failure(request, failure)?;
            }
            Ok(replies) => {
                guards.answered(&share.node, &replies);
                let mut replies = replies.into_vec().into_iter();
                for (at, count) in &share.units {
                    let replies = replies.by_ref().take(*count).collect();
                    let unit = &mut *open[*at];
                    let refusal = if share.plain {
                        unit.settle(replies)
                    } else {
                        unit.read(replies)
                    };
                    unit.ask = None;
                    heard.refusal(unit, refusal);
                }
            }
        }
    }
    units.iter_mut().for_each(Unit::gather);
    Ok(trouble)
}

/// What the attempt brought that was made before.
fn first_round<F: Fleet>(
    fleet: &F,
    request: &Request<'_>,
    units: &mut [Unit<'_>],
    outcome: Result<Replies, Failure>,
    guards: &mut Guards,
) -> Result<Trouble> {
    let mut trouble = Trouble::default();
    let places = units.iter().map(|unit| unit.place);
    let place = places.fold(Place::Anywhere, Place::and);
    let Some(node) = fleet.server(place, false) else {
        (trouble.lost, trouble.wait) = (true, true);
        return Ok(trouble);
    };
    let mut heard = Heard {
        fleet,
        node: &node,
        trouble: &mut trouble,
    };
    let _ = guards.admit(&node, true);
    match outcome {
        Err(failure) => {
            guards.silent(&node);
            heard.failure(request, failure)?;
        }
        Ok(replies) => {
            guards.answered(&node, &replies);
            let mut replies = replies.into_vec().into_iter();
            for unit in units {
                let count = match request.shape {
                    Shape::Transaction => 1,
                    Shape::Pipeline => unit.cmds.len(),
                };
                let refusal = unit.settle(replies.by_ref().take(count).collect());
                heard.refusal(unit, refusal);
            }
        }
    }
    Ok(trouble)
}

/// Finds out the servers' roles again.
pub(crate) async fn renew<F: Roles>(fleet: &F) {
    let deadline = Instant::now() + fleet.tuning().connect_timeout;
    fleet.renew(fleet.generation(), deadline).await;
}

/// A server that does not say where it means the one that was asked.
fn name(node: &Node, to: &To) -> Name {
    let asked = match &node.endpoint().address {
        Address::Tcp { host, .. } => host.as_str(),
        Address::Unix(_) => "",
    };
    let host = if to.host.is_empty() { asked } else { &to.host };
    Name::new(host, to.port)
}

/// The command of a unit taken apart, if it has to be; nothing when it cannot be. Of one slot it may have to be later.
fn apart(unit: &Unit<'_>) -> Option<Option<Apart>> {
    match (unit.place, unit.cmds.as_slice()) {
        (Place::Several, [cmd]) if !unit.is_transaction() => Apart::take(cmd).map(Some),
        (Place::Several, _) => None,
        (_, [cmd]) if !unit.is_transaction() => Some(Apart::take(cmd)),
        _ => Some(None),
    }
}

/// The replies in the order of the request.
fn joined(request: &Request<'_>, parts: Vec<Unit<'_>>, apart: &[Option<Apart>]) -> Replies {
    let mut replies = Vec::with_capacity(request.cmds.len());
    let mut parts = parts.into_iter();
    for apart in apart {
        match apart {
            None => replies.extend(parts.next().into_iter().flat_map(|unit| unit.replies)),
            Some(apart) => {
                let units = parts.by_ref().take(apart.len());
                replies.push(apart.join(units.flat_map(|unit| unit.replies).collect()));
            }
        }
    }
    match replies.len() {
        1 => Replies::One(replies.pop().unwrap_or(Value::Nil)),
        _ => Replies::Many(replies),
    }
}

/// What goes to one server at once.
struct Share<'a> {
    node: Arc<Node>,
    cmds: Vec<&'a Cmd>,
    /// The units, and how many replies each of them gets.
    units: Vec<(usize, usize)>,
    /// A transaction by itself, without anything around its commands.
    plain: bool,
}

fn add<'a>(shares: &mut Vec<Share<'a>>, node: Arc<Node>, at: usize, unit: &Unit<'a>) {
    let known = shares
        .iter_mut()
        .find(|share| Arc::ptr_eq(&share.node, &node));
    match known {
        Some(share) => {
            let count = unit.write(&mut share.cmds);
            share.units.push((at, count));
        }
        None => {
            let plain = unit.is_transaction() && unit.ask.is_none();
            let mut cmds = Vec::new();
            let count = if plain {
                cmds.clone_from(&unit.cmds);
                1
            } else {
                unit.write(&mut cmds)
            };
            shares.push(Share {
                node,
                cmds,
                units: vec![(at, count)],
                plain,
            });
        }
    }
}

impl Share<'_> {
    async fn send(&self, request: &Request<'_>, pace: &Pace) -> Result<Replies, Failure> {
        let shape = if self.plain {
            Shape::Transaction
        } else {
            Shape::Pipeline
        };
        let share = Request::new(request.spec, Cmds::Refs(&self.cmds), shape, request.class);
        self.node.send(&share, pace.deadline).await
    }
}

/// What one server has to say.
struct Heard<'h, F> {
    fleet: &'h F,
    node: &'h Arc<Node>,
    trouble: &'h mut Trouble,
}

impl<F: Fleet> Heard<'_, F> {
    /// No answer: an error where sending again could do harm.
    fn failure(&mut self, request: &Request<'_>, failure: Failure) -> Result<()> {
        let may_repeat = request.class.may_repeat();
        let again =
            failure.cause().may_pass() && (may_repeat || matches!(failure, Failure::NotSent(_)));
        if !again {
            return Err(failure.into_error(request.spec.template, may_repeat));
        }
        (self.trouble.lost, self.trouble.wait) = (true, true);
        self.trouble.failure = Some(failure);
        Ok(())
    }

    fn refusal(&mut self, unit: &mut Unit<'_>, refusal: Option<Refusal>) {
        match refusal {
            None => {}
            Some(Refusal::Ask(to)) => unit.ask = Some(name(self.node, &to)),
            Some(Refusal::Moved(to)) => {
                let known = self.fleet.moved(to.slot, &name(self.node, &to));
                self.trouble.lost |= !known;
            }
            Some(Refusal::Torn) if unit.tear() => {}
            Some(Refusal::Torn | Refusal::Later) => self.trouble.wait = true,
            // Somebody else may have become the primary meanwhile.
            Some(Refusal::Down) => (self.trouble.lost, self.trouble.wait) = (true, true),
        }
    }
}

/// The time is over: what the servers said at last is the answer, else what went wrong.
fn give_up(request: &Request<'_>, units: &[Unit<'_>], trouble: Trouble) -> Result<()> {
    if units.iter().all(|unit| !unit.replies.is_empty()) {
        return Ok(());
    }
    let failure = trouble.failure.unwrap_or(Failure::NotSent(Cause::Io(
        std::io::ErrorKind::NotConnected,
    )));
    Err(failure.into_error(request.spec.template, request.class.may_repeat()))
}

#[cold]
fn several_slots(request: &Request<'_>) -> Error {
    Cause::Slots.into_error(request.spec.template)
}
