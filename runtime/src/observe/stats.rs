//! What a store has to do at the moment.

use serde::Serialize;

/// What a store has to do at the moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Each server and database that is in use, in order.
    pub nodes: Vec<NodeStats>,
}

/// What one server and database has to do at the moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NodeStats {
    /// Host and port of the server, or its socket.
    pub server: String,
    /// The logical database.
    pub database: u16,
    /// Whether the shared connection is open.
    pub connected: bool,
    /// Requests under way on the shared connection.
    pub in_flight: usize,
    /// Callers that wait for room on it.
    pub waiting: usize,
    /// Requests that may be under way on it at once.
    pub limit: usize,
    /// How often it was replaced.
    pub reconnects: u64,
    /// Connections for blocking commands that nobody uses.
    pub idle_dedicated: usize,
    /// The state of its circuit breaker, if it has one.
    pub breaker: Option<BreakerState>,
}

/// The state of a circuit breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BreakerState {
    /// Everything passes.
    Closed,
    /// A few operations pass, to see whether the server works again.
    HalfOpen,
    /// Nothing passes.
    Open,
}

impl Stats {
    /// Requests under way on all shared connections.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.nodes.iter().map(|node| node.in_flight).sum()
    }

    /// Callers that wait for room on any of them.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.nodes.iter().map(|node| node.waiting).sum()
    }
}
