//! Things that seldom happen: each is counted and told where it happens.

use super::stats::BreakerState;
use crate::retry::RetryClass;
use crate::unavailable::Without;

#[cfg(feature = "metrics")]
use super::catalog;

/// An operation is tried again.
#[cold]
pub(crate) fn retried(template: &'static str, class: RetryClass) {
    #[cfg(feature = "metrics")]
    metrics::counter!(catalog::RETRIES, "template" => template, "class" => class.as_str())
        .increment(1);
    #[cfg(feature = "tracing")]
    tracing::debug!(target: "redis_schema", template, class = class.as_str(), "an operation is tried again");
    let _ = (template, class);
}

/// An operation went on without the server.
#[cold]
pub(crate) fn degraded(template: &'static str, without: Without) {
    let what = without.as_str();
    #[cfg(feature = "metrics")]
    metrics::counter!(catalog::DEGRADED, "template" => template, "kind" => what).increment(1);
    #[cfg(feature = "tracing")]
    tracing::debug!(target: "redis_schema", template, kind = what, "answered without the server");
    let _ = (template, what);
}

/// A server's circuit breaker has changed.
#[cold]
pub(crate) fn breaker(server: &str, database: u16, state: BreakerState) {
    #[cfg(feature = "metrics")]
    metrics::gauge!(
        catalog::BREAKER,
        "server" => server.to_owned(),
        "database" => database.to_string()
    )
    .set(match state {
        BreakerState::Closed => 0.0,
        BreakerState::HalfOpen => 1.0,
        BreakerState::Open => 2.0,
    });
    #[cfg(feature = "tracing")]
    match state {
        BreakerState::Closed => {
            tracing::info!(target: "redis_schema", server, database, "the circuit breaker has closed");
        }
        BreakerState::HalfOpen => {
            tracing::debug!(target: "redis_schema", server, database, "the circuit breaker lets probes pass");
        }
        BreakerState::Open => {
            tracing::warn!(target: "redis_schema", server, database, "the circuit breaker has opened");
        }
    }
    let _ = (server, database, state);
}

/// A connection has replaced a broken one.
#[cold]
pub(crate) fn reconnected(server: &str, database: u16) {
    #[cfg(feature = "metrics")]
    metrics::counter!(
        catalog::RECONNECTS,
        "server" => server.to_owned(),
        "database" => database.to_string()
    )
    .increment(1);
    #[cfg(feature = "tracing")]
    tracing::info!(target: "redis_schema", server, database, "connected again");
    let _ = (server, database);
}

/// A connection could not be opened.
#[cold]
pub(crate) fn connect_failed(server: &str, database: u16, why: impl FnOnce() -> String) {
    #[cfg(feature = "metrics")]
    metrics::counter!(
        catalog::CONNECT_FAILURES,
        "server" => server.to_owned(),
        "database" => database.to_string()
    )
    .increment(1);
    #[cfg(feature = "tracing")]
    tracing::warn!(target: "redis_schema", server, database, why = why(), "cannot connect");
    #[cfg(not(feature = "tracing"))]
    drop(why);
    let _ = (server, database);
}

/// A connection has come near the number of requests that it may have under way.
#[cold]
pub(crate) fn crowded(most: usize) {
    #[cfg(feature = "metrics")]
    metrics::counter!(catalog::CROWDED).increment(1);
    #[cfg(feature = "tracing")]
    if seldom() {
        tracing::warn!(
            target: "redis_schema",
            most,
            "four fifths of the requests that a connection may have under way are; more will wait"
        );
    }
    let _ = most;
}

/// Whether the last time is long ago: a server at its limit crosses it many times in a second.
#[cfg(feature = "tracing")]
fn seldom() -> bool {
    use std::sync::{Mutex, PoisonError};
    use std::time::{Duration, Instant};

    const PAUSE: Duration = Duration::from_secs(10);
    static LAST: Mutex<Option<Instant>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if last.is_some_and(|last| last.elapsed() < PAUSE) {
        return false;
    }
    *last = Some(Instant::now());
    true
}
