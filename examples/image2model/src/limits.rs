//! Calls per caller and minute: a counter that lives as long as its window.

use std::net::IpAddr;

use redis_schema::Result;

use crate::keyspace::Store;

/// Calls allowed in one window.
#[derive(Debug, Clone)]
pub struct Limits {
    store: Store,
    per_key: u32,
    per_ip: u32,
}

/// Whether a call may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// It may.
    pub allowed: bool,
    /// Calls left in the window.
    pub remaining: u32,
}

impl Limits {
    /// Limits over an open store.
    #[must_use]
    pub const fn new(store: Store, per_key: u32, per_ip: u32) -> Self {
        Self {
            store,
            per_key,
            per_ip,
        }
    }

    /// Counts a call of an API key. The counter's lifetime is the window: counting never renews it.
    ///
    /// # Errors
    /// The server failed.
    pub async fn key(&self, api_key_hash: &str) -> Result<Decision> {
        let count = self.store.calls_per_key(api_key_hash).incr().await?;
        Ok(decide(count, self.per_key))
    }

    /// Counts a call of an address, of either family.
    ///
    /// # Errors
    /// The server failed.
    pub async fn ip(&self, address: IpAddr) -> Result<Decision> {
        let count = self.store.calls_per_ip(address).incr().await?;
        Ok(decide(count, self.per_ip))
    }
}

const fn decide(count: u32, limit: u32) -> Decision {
    Decision {
        allowed: count <= limit,
        remaining: limit.saturating_sub(count),
    }
}
