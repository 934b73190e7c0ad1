//! How long a break lasts: what expires heals by itself.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Use;
use crate::facts::{Key, OnWrite, Structure, duration};

/// How long a break lasts after the change is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// Nothing of it stays: messages in flight at most.
    Instant,
    /// Until the last old key has expired.
    Ttl {
        /// The longest lifetime among the keys, in milliseconds.
        ms: u64,
        /// Writes or reads start the lifetime anew, so that it counts from the last of them.
        refreshed: bool,
    },
    /// Until somebody migrates the data.
    Permanent,
}

impl Horizon {
    /// Of one key as it was.
    #[must_use]
    pub fn of(key: &Key) -> Self {
        // A string is written whole, so that what starts its lifetime anew also replaces the old value.
        let is_whole = matches!(key.structure, Structure::String { .. });
        let refreshed = key.lifetime.expiry.as_ref().is_some_and(|expiry| {
            expiry.refresh_on_read || expiry.on_write == OnWrite::Refresh && !is_whole
        });
        match key.lifetime.longest_ms() {
            Some(ms) => Self::Ttl { ms, refreshed },
            None => Self::Permanent,
        }
    }

    /// Of everything that a change touches: the longest.
    #[must_use]
    pub fn of_all(uses: &[Use<'_>]) -> Self {
        let each = uses.iter().map(|one| match one {
            Use::Key { old: Some(key), .. } => Self::of(key),
            Use::Key { old: None, .. } | Use::Channel { .. } => Self::Instant,
        });
        each.max().unwrap_or(Self::Instant)
    }
}

impl fmt::Display for Horizon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant => f.write_str("instant"),
            Self::Ttl { ms, .. } => write!(f, "ttl:{}", duration(*ms)),
            Self::Permanent => f.write_str("permanent"),
        }
    }
}
