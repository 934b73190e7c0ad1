//! What connections are made with.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use redis::ProtocolVersion;

use super::breaker::BreakerOptions;

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Address {
    Tcp { host: String, port: u16 },
    Unix(PathBuf),
}

/// Where a server is, and whether what is said to it is encrypted.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) address: Address,
    pub(crate) tls: Option<Arc<TlsSetup>>,
}

/// How to encrypt.
#[derive(Debug)]
pub(crate) struct TlsSetup {
    #[cfg(feature = "tls")]
    pub(crate) config: Arc<rustls::ClientConfig>,
}

/// Who a connection is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Login {
    pub(crate) user: Option<Arc<str>>,
    pub(crate) password: Option<Secret>,
    pub(crate) database: u16,
    /// Reads from a replica of a cluster (`READONLY`).
    pub(crate) read_only: bool,
}

/// What is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(Arc<str>);

impl Secret {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text itself, for the server alone.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

/// How connections behave.
#[derive(Debug, Clone)]
pub(crate) struct Tuning {
    pub(crate) protocol: ProtocolVersion,
    pub(crate) client_name: Option<Arc<str>>,
    /// A server that is loading its data is good enough: it is asked about itself.
    pub(crate) accept_loading: bool,
    /// Time allowed for opening a connection.
    pub(crate) connect_timeout: Duration,
    /// Time allowed for an operation, repetitions included; `None` for ever.
    pub(crate) response_timeout: Option<Duration>,
    pub(crate) keepalive: Option<KeepAlive>,
    pub(crate) backoff: Backoff,
    /// Requests under way at once on one connection.
    pub(crate) max_in_flight: usize,
    pub(crate) when_down: WhenDown,
    /// When a server is not asked for a while; `None` is never.
    pub(crate) breaker: Option<BreakerOptions>,
}

/// When TCP asks a silent peer whether it is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeepAlive {
    pub(crate) idle: Duration,
    pub(crate) interval: Duration,
    pub(crate) probes: u32,
}

/// Pauses between attempts: doubling, between two bounds, drawn at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Backoff {
    pub(crate) shortest: Duration,
    pub(crate) longest: Duration,
}

/// What an operation does while its server cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenDown {
    /// Tries again until its time is over.
    Wait,
    /// Fails while the pause after a failed attempt lasts.
    Fail,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            protocol: ProtocolVersion::RESP2,
            client_name: None,
            accept_loading: false,
            connect_timeout: Duration::from_secs(5),
            response_timeout: Some(Duration::from_secs(5)),
            keepalive: Some(KeepAlive {
                idle: Duration::from_secs(15),
                interval: Duration::from_secs(5),
                probes: 3,
            }),
            backoff: Backoff {
                shortest: Duration::from_millis(50),
                longest: Duration::from_secs(5),
            },
            max_in_flight: 4096,
            when_down: WhenDown::Wait,
            breaker: None,
        }
    }
}

impl Backoff {
    /// The pause after so many failures in a row, drawn at random so that many clients do not come back at
    /// the same moment.
    pub(crate) fn pause(&self, failures: u32) -> Duration {
        self.shortest
            .saturating_mul(1 << failures.min(20))
            .min(self.longest)
            .mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

impl Address {
    /// For messages: where it is, nothing secret.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Tcp { host, port } => format!("{host}:{port}"),
            Self::Unix(path) => path.display().to_string(),
        }
    }
}
