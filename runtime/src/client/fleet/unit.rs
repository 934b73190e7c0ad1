//! Taking a request apart into what has to stay together, and putting the replies together again.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use redis::Value;

use super::Name;
use super::redirect::{Refusal, refusal};
use crate::client::cluster::keys::{self, Joined, Place};
use crate::client::cluster::slot::slot_of;
use crate::client::request::{Request, Shape};
use crate::cmd::Cmd;

/// What a server has to be told that was named for this one time.
pub(crate) static ASKING: LazyLock<Cmd> = LazyLock::new(|| Cmd::of(["ASKING"]));
static MULTI: LazyLock<Cmd> = LazyLock::new(|| Cmd::of(["MULTI"]));
static EXEC: LazyLock<Cmd> = LazyLock::new(|| Cmd::of(["EXEC"]));

/// Commands that have to run on one server, one after the other.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub(super) cmds: Vec<&'a Cmd>,
    pub(super) place: Place,
    /// The reply of `EXEC` alone is handed out.
    transaction: bool,
    /// The server that has the answer this one time.
    pub(super) ask: Option<Name>,
    /// What was answered at last.
    pub(super) replies: Vec<Value>,
    pub(super) done: bool,
    /// The keys' commands one by one, where those may be asked apart.
    piecemeal: Option<&'a Piecemeal>,
    /// These commands at work.
    pieces: Vec<Unit<'a>>,
}

impl<'a> Unit<'a> {
    fn new(cmds: Vec<&'a Cmd>, transaction: bool) -> Self {
        let places = cmds.iter().map(|cmd| keys::place(cmd));
        Self {
            place: places.fold(Place::Anywhere, Place::and),
            cmds,
            transaction,
            ask: None,
            replies: Vec::new(),
            done: false,
            piecemeal: None,
            pieces: Vec::new(),
        }
    }

    /// A single command.
    pub(super) fn of(cmd: &'a Cmd) -> Self {
        Self::new(vec![cmd], false)
    }

    /// A part of a command that was taken apart.
    fn of_part(cmd: &'a Cmd, piecemeal: &'a Piecemeal) -> Self {
        Self {
            piecemeal: Some(piecemeal),
            ..Self::of(cmd)
        }
    }

    /// Asks for each key by itself from now on; whether that can be done.
    pub(super) fn tear(&mut self) -> bool {
        let Some(piecemeal) = self.piecemeal.filter(|_| self.pieces.is_empty()) else {
            return false;
        };
        let [cmd] = self.cmds.as_slice() else {
            return false;
        };
        self.pieces = piecemeal.of(cmd).iter().map(Unit::of).collect();
        !self.pieces.is_empty()
    }

    /// What is to be sent: itself, or its pieces.
    pub(super) fn open(&mut self) -> impl Iterator<Item = &mut Unit<'a>> {
        let (own, pieces) = match self.pieces.is_empty() {
            true => (Some(self), None),
            false => (None, Some(self.pieces.iter_mut())),
        };
        let all = own.into_iter().chain(pieces.into_iter().flatten());
        all.filter(|unit| !unit.done)
    }

    /// Puts the answers of its pieces together.
    pub(super) fn gather(&mut self) {
        let all =
            !self.pieces.is_empty() && self.pieces.iter().all(|piece| !piece.replies.is_empty());
        let Some(piecemeal) = self.piecemeal.filter(|_| all && !self.done) else {
            return;
        };
        self.done = self.pieces.iter().all(|piece| piece.done);
        let replies = self.pieces.iter().map(|piece| piece.replies.clone());
        self.replies = vec![piecemeal.join(replies.flatten())];
    }

    /// Whether something of it has run.
    pub(super) fn has_run(&self) -> bool {
        self.done || self.pieces.iter().any(|piece| piece.done)
    }

    /// Whether it is one in the eyes of its caller.
    pub(super) fn is_transaction(&self) -> bool {
        self.transaction
    }

    /// Appends what goes over the wire; returns the number of commands.
    pub(super) fn write(&self, out: &mut Vec<&'a Cmd>) -> usize {
        let before = out.len();
        // It holds for the next command only, a transaction as a whole included.
        out.extend(self.ask.is_some().then_some(&*ASKING));
        out.extend(self.transaction.then_some(&*MULTI));
        out.extend(&self.cmds);
        out.extend(self.transaction.then_some(&*EXEC));
        out.len() - before
    }

    /// Takes the replies to what was written. Says why the server did not run it, if so.
    pub(super) fn read(&mut self, mut replies: Vec<Value>) -> Option<Refusal> {
        if self.ask.is_some() {
            replies.drain(..1);
        }
        if self.transaction {
            // An error before `EXEC` explains that of `EXEC`.
            let last = replies.len().saturating_sub(1);
            let mut queued = replies.iter();
            let at = queued.position(|reply| matches!(reply, Value::ServerError(_)));
            replies = vec![replies.swap_remove(at.unwrap_or(last))];
        }
        self.settle(replies)
    }

    /// Takes replies without what was written around the commands.
    pub(super) fn settle(&mut self, replies: Vec<Value>) -> Option<Refusal> {
        let refusal = replies.iter().find_map(refusal);
        self.replies = replies;
        self.done = refusal.is_none();
        refusal
    }
}

/// The units of a request, in order.
pub(super) fn units<'a>(request: &Request<'a>) -> Vec<Unit<'a>> {
    if request.shape == Shape::Transaction {
        return vec![Unit::new(request.cmds.all(), true)];
    }
    let mut units = Vec::new();
    let mut group: Option<Vec<&Cmd>> = None;
    for cmd in request.cmds.all() {
        match (cmd.name(), group.take()) {
            (b"MULTI", None) => group = Some(vec![cmd]),
            (b"EXEC", Some(mut cmds)) => {
                cmds.push(cmd);
                units.push(Unit::new(cmds, false));
            }
            (_, Some(mut cmds)) => {
                cmds.push(cmd);
                group = Some(cmds);
            }
            (_, None) => units.push(Unit::new(vec![cmd], false)),
        }
    }
    units.extend(group.map(|cmds| Unit::new(cmds, false)));
    units
}

/// A command whose keys lie in several slots, taken apart: a command for each slot.
#[derive(Debug)]
pub(super) struct Apart {
    joined: Joined,
    /// The command of each slot, and the places of its keys among all keys.
    parts: Vec<(Cmd, Vec<usize>)>,
    /// What becomes of those where the keys of a slot are not together.
    piecemeal: Vec<Piecemeal>,
}

/// A command over several keys of a slot as commands of one key each, made when they are needed.
#[derive(Debug)]
pub(super) struct Piecemeal {
    joined: Joined,
    cmds: OnceLock<Vec<Cmd>>,
}

impl Piecemeal {
    fn of(&self, cmd: &Cmd) -> &[Cmd] {
        self.cmds.get_or_init(|| {
            let mut cmds = Vec::new();
            keys::each_key(cmd, |key| cmds.push(Cmd::of([cmd.name(), key])));
            cmds
        })
    }

    /// The one reply made of those for each key. An error of one is that of all.
    fn join(&self, replies: impl Iterator<Item = Value>) -> Value {
        let (mut list, mut sum) = (Vec::new(), 0);
        for reply in replies {
            match (self.joined, reply) {
                (Joined::Sum, Value::Int(count)) => sum += count,
                (Joined::List, Value::Array(values)) => list.extend(values),
                (_, other) => return other,
            }
        }
        match self.joined {
            Joined::Sum => Value::Int(sum),
            Joined::List => Value::Array(list),
        }
    }
}

impl Apart {
    /// Takes a command apart; `None` when it does not mean the same then.
    pub(super) fn take(cmd: &Cmd) -> Option<Self> {
        let name = cmd.name();
        let joined = keys::joined(name)?;
        let mut parts: BTreeMap<u16, (Cmd, Vec<usize>)> = BTreeMap::new();
        let mut at = 0;
        keys::each_key(cmd, |key| {
            let (cmd, places) = parts
                .entry(slot_of(key))
                .or_insert_with(|| (Cmd::of([name]), Vec::new()));
            cmd.arg(key);
            places.push(at);
            at += 1;
        });
        let parts: Vec<_> = parts.into_values().collect();
        let piecemeal = parts.iter().map(|_| Piecemeal {
            joined,
            cmds: OnceLock::new(),
        });
        Some(Self {
            joined,
            piecemeal: piecemeal.collect(),
            parts,
        })
    }

    /// The commands, in an order of their own.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        let parts = self.parts.iter().zip(&self.piecemeal);
        parts.map(|((cmd, places), piecemeal)| match places.len() {
            1 => Unit::of(cmd),
            _ => Unit::of_part(cmd, piecemeal),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// The one reply made of those to the parts. An error of one is that of all.
    pub(super) fn join(&self, replies: Vec<Value>) -> Value {
        let count = self.parts.iter().map(|(_, places)| places.len()).sum();
        let mut list = vec![Value::Nil; count];
        let mut sum = 0;
        for ((_, places), reply) in self.parts.iter().zip(replies) {
            match (self.joined, reply) {
                (_, error @ Value::ServerError(_)) => return error,
                (Joined::Sum, Value::Int(count)) => sum += count,
                (Joined::List, Value::Array(values)) if values.len() == places.len() => {
                    for (place, value) in places.iter().zip(values) {
                        list[*place] = value;
                    }
                }
                // What is no reply to such a command is for the decoder to find.
                (_, other) => return other,
            }
        }
        match self.joined {
            Joined::Sum => Value::Int(sum),
            Joined::List => Value::Array(list),
        }
    }
}
