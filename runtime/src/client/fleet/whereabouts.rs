//! Where to look for the answer to what a server was asked directly, past the rounds of a fleet.

use redis::Value;

use super::redirect::{self, Refusal};
use super::{Name, Roles, name, renew};
use crate::client::node::Node;

/// Whether a server says that it has not run a command, and that another one, or the same one later, will.
pub(crate) fn refuses(reply: &Value) -> bool {
    redirect::refusal(reply).is_some()
}

/// Where the answer is to what a server was asked directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whereabouts {
    /// The server has given it.
    Here,
    /// This server has it, for this one time.
    There(Name),
    /// It is to be looked for again: with another server, or with the same one later.
    Elsewhere,
}

/// Where the answer is to what a server was asked directly; what it says about the others is noted.
pub(crate) async fn whereabouts<F: Roles>(fleet: &F, node: &Node, reply: &Value) -> Whereabouts {
    match redirect::refusal(reply) {
        None => return Whereabouts::Here,
        Some(Refusal::Ask(to)) => return Whereabouts::There(name(node, &to)),
        Some(Refusal::Moved(to)) => {
            if !fleet.moved(to.slot, &name(node, &to)) {
                renew(fleet).await;
            }
        }
        Some(Refusal::Down) => renew(fleet).await,
        Some(Refusal::Torn | Refusal::Later) => {}
    }
    Whereabouts::Elsewhere
}
