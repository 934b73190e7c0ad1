//! The store's own connection: how it is opened, how it behaves when something fails, how it ends.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod alone;
mod checks;
mod failing;
mod fake;
mod limits;
mod opening;
mod schema;
mod secrets;
mod stress;
#[cfg(feature = "tls")]
mod tls;

use std::future::Future;

/// Runs a test body.
fn run<T>(body: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("runtime")
        .block_on(body)
}
