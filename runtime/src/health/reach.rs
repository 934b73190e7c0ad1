//! How a server under examination is reached.

use std::sync::Arc;
use std::time::Duration;

use redis::ProtocolVersion;

use super::slots::Primary;
use crate::client::config::{Address, Endpoint, Login, Tuning, WhenDown};
use crate::client::failure::Cause;
use crate::client::node::Node;
use crate::store::SharedConnection;

/// Where a server is, and who the examiner is to it.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    endpoint: Endpoint,
    login: Login,
    protocol: ProtocolVersion,
}

impl Reach {
    /// As somebody else reaches it.
    pub(crate) fn of(node: &Node, protocol: ProtocolVersion) -> Self {
        Self {
            endpoint: node.endpoint().clone(),
            login: node.login().clone(),
            protocol,
        }
    }

    /// A primary of the same cluster.
    pub(super) fn member(&self, primary: &Primary) -> Self {
        let mut member = self.clone();
        member.endpoint.address = Address::Tcp {
            host: primary.host.clone(),
            port: primary.port,
        };
        member
    }

    /// Where it is, for people.
    pub(super) fn address(&self) -> String {
        self.endpoint.address.describe()
    }

    /// The name of its machine.
    pub(super) fn host(&self) -> &str {
        match &self.endpoint.address {
            Address::Tcp { host, .. } => host,
            Address::Unix(_) => "localhost",
        }
    }

    /// A connection of its own that waits this long for anything.
    pub(super) async fn connect(&self, limit: Duration) -> Result<SharedConnection, Cause> {
        let tuning = Arc::new(Tuning {
            protocol: self.protocol,
            accept_loading: true,
            connect_timeout: limit,
            response_timeout: Some(limit),
            when_down: WhenDown::Fail,
            ..Tuning::default()
        });
        let (endpoint, login) = (self.endpoint.clone(), self.login.clone());
        let database = login.database;
        let node = Arc::new(Node::new(endpoint, login, Arc::clone(&tuning)));
        node.link(None).await?;
        Ok(SharedConnection::new(node, database, tuning))
    }
}
