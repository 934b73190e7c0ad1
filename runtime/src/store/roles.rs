//! Servers that change their roles, for those who talk to one of them directly: blocking commands, readers of
//! streams, listeners.

use redis::{Client, Cmd, ConnectionAddr};

use super::Store;
use crate::client::config::Address;
use crate::client::node::Node;
use crate::client::request::{Replies, Request};
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::retry::RetryClass;

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

    /// A client of redis-rs for the server that this command goes to.
    pub(crate) async fn client_for(&self, spec: &'static Spec, cmd: &Cmd) -> Result<Client> {
        let request = Request::one(spec, cmd, RetryClass::Read);
        let home = self.0.topology.home(&request).await;
        let node = home.map_err(|failure| failure.into_error(spec.template, true))?;
        let Address::Tcp { host, port } = &node.endpoint().address else {
            return Ok(self.0.client.clone());
        };
        let (host, port) = (host.clone(), *port);
        let info = self.0.client.get_connection_info().clone();
        let address = match info.addr() {
            ConnectionAddr::TcpTls {
                insecure,
                tls_params,
                ..
            } => ConnectionAddr::TcpTls {
                host,
                port,
                insecure: *insecure,
                tls_params: tls_params.clone(),
            },
            _ => ConnectionAddr::Tcp(host, port),
        };
        Client::open(info.set_addr(address)).map_err(|error| Error::redis(spec.template, error))
    }
}
