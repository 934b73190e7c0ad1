//! Servers that change their roles, for those who talk to one of them directly: blocking commands, readers of
//! streams, listeners.

use super::Store;
use crate::client::node::Node;
use crate::client::request::Replies;

impl Store {
    /// Whether a server did not run a request and another one, or the same one later, will. What it said
    /// about the others is noted.
    pub(crate) async fn is_elsewhere(&self, node: &Node, replies: &Replies) -> bool {
        self.0.topology.is_elsewhere(node, replies).await
    }

    /// Finds out the servers' roles again, because one of them does not answer.
    pub(crate) async fn renew(&self) {
        self.0.topology.renew().await;
    }
}
