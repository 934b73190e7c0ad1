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
            Self::Ttl { ms, .. } => write!(f, "ttl:{}", spoken(*ms)),
            Self::Permanent => f.write_str("permanent"),
        }
    }
}

/// A time as people say it: with jitter, a day is `26h24m` and not `1584m`.
fn spoken(ms: u64) -> String {
    const UNITS: [(u64, u64, &str); 3] = [
        (86_400_000, 3_600_000, "d"),
        (3_600_000, 60_000, "h"),
        (60_000, 1000, "m"),
    ];
    let in_two = UNITS.into_iter().find(|(unit, part, name)| {
        // Two days at least: a day and a bit are hours.
        let least = if *name == "d" { 2 * unit } else { *unit };
        ms > least && !ms.is_multiple_of(*unit) && ms.is_multiple_of(*part)
    });
    match in_two {
        Some((unit, _, name)) => format!("{}{name}{}", ms / unit, duration(ms % unit)),
        None => duration(ms),
    }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_lifetime_with_jitter_is_said_in_two_units() {
        const MINUTE: u64 = 60_000;
        let said =
            [1584, 24 * 60, 66, 60, 7 * 24 * 60 + 120, 90].map(|minutes| spoken(minutes * MINUTE));
        assert_eq!(said, ["26h24m", "24h", "1h6m", "1h", "7d2h", "1h30m"]);
        assert_eq!(
            [0, 500, 90_000, 30_000].map(spoken),
            ["0ms", "500ms", "1m30s", "30s"]
        );
        // What no two units say stays exact.
        assert_eq!(spoken(95_040_500), "95040500ms");
    }
}
