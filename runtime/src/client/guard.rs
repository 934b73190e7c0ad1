//! What the circuit breakers of servers hear of an operation.
//!
//! An operation counts once for each server it went to, by what it had heard from that server at last: the
//! attempts within it are its own matter, and one that is brought to a good end elsewhere is no reason to
//! refuse the next.

use std::sync::Arc;

use redis::Value;

use super::breaker::{Outcome, Permit};
use super::failure::Cause;
use super::node::Node;
use super::request::Replies;
use crate::error::{ErrorKind, Result};

/// Leave of the breakers for one operation. Dropped without [`over`](Self::over), it does not count.
#[derive(Debug, Default)]
pub(crate) struct Guards(Vec<Guard>);

#[derive(Debug)]
struct Guard {
    node: Arc<Node>,
    permit: Permit,
    heard: Option<Outcome>,
}

impl Guards {
    /// Asks a server's breaker for leave, once. Some calls have been made already.
    pub(crate) fn admit(&mut self, node: &Arc<Node>, sent: bool) -> Result<(), Cause> {
        let Some(breaker) = node.breaker() else {
            return Ok(());
        };
        if self.find(node).is_some() {
            return Ok(());
        }
        let permit = if sent {
            breaker.admitted()
        } else {
            breaker.admit().map_err(|open| Cause::Open(open.since))?
        };
        self.0.push(Guard {
            node: Arc::clone(node),
            permit,
            heard: None,
        });
        Ok(())
    }

    fn find(&mut self, node: &Arc<Node>) -> Option<&mut Guard> {
        self.0
            .iter_mut()
            .find(|guard| Arc::ptr_eq(&guard.node, node))
    }

    /// A server gave no answer.
    pub(crate) fn silent(&mut self, node: &Arc<Node>) {
        if let Some(guard) = self.find(node) {
            guard.heard = Some(Outcome::Bad);
        }
    }

    /// A server answered.
    pub(crate) fn answered(&mut self, node: &Arc<Node>, replies: &Replies) {
        if let Some(guard) = self.find(node) {
            guard.heard = Some(judge(replies));
        }
    }

    /// The operation is over.
    pub(crate) fn over(self) {
        for Guard { permit, heard, .. } in self.0 {
            if let Some(outcome) = heard {
                permit.report(outcome);
            }
        }
    }

    /// An operation that went to one server is over, with this result.
    pub(crate) fn over_with(mut self, node: &Arc<Node>, result: &Result<Replies>) {
        match result {
            Ok(replies) => self.answered(node, replies),
            Err(error) => match error.kind() {
                ErrorKind::Unavailable
                | ErrorKind::Timeout
                | ErrorKind::Ambiguous
                | ErrorKind::Busy => self.silent(node),
                _ => {}
            },
        }
        self.over();
    }
}

/// A server that says that it cannot work is as bad as none; what it says about a command is not its fault.
fn judge(replies: &Replies) -> Outcome {
    let is_bad = |reply: &Value| match reply {
        Value::ServerError(error) => {
            matches!(
                error.code(),
                "LOADING" | "MASTERDOWN" | "CLUSTERDOWN" | "OOM"
            )
        }
        _ => false,
    };
    if replies.as_slice().iter().any(is_bad) {
        Outcome::Bad
    } else {
        Outcome::Good
    }
}
