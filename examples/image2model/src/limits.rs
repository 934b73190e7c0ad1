//! Calls of callers and of addresses: how many there may be is in the schema.

use std::net::IpAddr;

use redis_schema::Result;
use redis_schema::rate_limit::Decision;

use crate::keyspace::Store;

/// Limits of calls.
#[derive(Debug, Clone)]
pub struct Limits {
    store: Store,
}

impl Limits {
    /// Limits over an open store.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// Admits a call of an API key, or tells when to come back.
    ///
    /// # Errors
    /// The server failed; not when it cannot be reached, which the schema answers.
    pub async fn key(&self, api_key_hash: &str) -> Result<Decision> {
        let of_caller = self.store.calls_per_key(api_key_hash);
        of_caller.admit().await
    }

    /// How many calls an API key has left; asking is none.
    ///
    /// # Errors
    /// The server failed.
    pub async fn left(&self, api_key_hash: &str) -> Result<u32> {
        let looked_at = self.store.calls_per_key(api_key_hash);
        Ok(looked_at.peek().await?.remaining)
    }

    /// Admits a call of an address, of either family.
    ///
    /// # Errors
    /// The server failed; not when it cannot be reached, which the schema answers.
    pub async fn ip(&self, address: IpAddr) -> Result<Decision> {
        let of_address = self.store.calls_per_ip(address);
        of_address.admit().await
    }
}
