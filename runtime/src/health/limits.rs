//! From where on a finding counts.

use std::time::Duration;

/// What is still healthy, and how long a check may take.
///
/// ```
/// use redis_schema::health::Limits;
///
/// let mut limits = Limits::default();
/// limits.replicas = Some(1);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// How long each check may take, opening the connection included. Default: 2 s.
    pub timeout: Duration,
    /// Round trips up to here are fast. Default: 100 ms.
    pub ping: Duration,
    /// Clocks this far apart agree. Default: 1 s.
    pub clock: Duration,
    /// Memory up to here is no reason for concern where the server may not evict, in percent of its limit.
    /// Default: 90.
    pub memory_percent: u8,
    /// Connections up to here are no reason for concern, in percent of the server's limit. Default: 90.
    pub clients_percent: u8,
    /// How long a replica may be silent. Default: 10 s.
    pub lag: Duration,
    /// How long the server may have stood still to fork. Default: 1 s.
    pub fork: Duration,
    /// Replicas that must be connected to a primary; `None` asks for none.
    pub replicas: Option<usize>,
    /// The lowest version of the server, as major and minor number; `None` takes any.
    pub version: Option<(u16, u16)>,
    /// The server is only read from: no write is tried, and a replica is as good as a primary.
    pub read_only: bool,
    /// How long to watch for evictions and refused connections; their number since the server started says
    /// nothing about now. Default: 500 ms.
    pub watch: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(2),
            ping: Duration::from_millis(100),
            clock: Duration::from_secs(1),
            memory_percent: 90,
            clients_percent: 90,
            lag: Duration::from_secs(10),
            fork: Duration::from_secs(1),
            replicas: None,
            version: None,
            read_only: false,
            watch: Duration::from_millis(500),
        }
    }
}
