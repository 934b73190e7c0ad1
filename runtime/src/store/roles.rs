//! Servers that change their roles, for those who talk to one of them directly: blocking commands, readers of
//! streams, listeners.

use redis::Value;

use super::Store;
use crate::client::Whereabouts;
use crate::client::node::Node;

impl Store {
    /// Where the answer is to what a server was asked directly: what it said at first tells. What it says
    /// about other servers is noted.
    pub(crate) async fn whereabouts(&self, node: &Node, reply: Option<&Value>) -> Whereabouts {
        match reply {
            None => Whereabouts::Here,
            Some(reply) => self.0.topology.whereabouts(node, reply).await,
        }
    }

    /// Finds out the servers' roles again, because one of them does not answer.
    pub(crate) async fn renew(&self) {
        self.0.topology.renew().await;
    }
}
